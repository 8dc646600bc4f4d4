// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/packagers/change_record.h"
#include "base/digest.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"

static const char *const formats[] = {
    [EDIT_INI] = "ini",     [EDIT_PIP] = "pip",
    [EDIT_NPMRC] = "npmrc", [EDIT_PROPERTIES] = "properties",
    [EDIT_NETRC] = "netrc", [EDIT_TOML] = "toml",
    [EDIT_YAML] = "yaml",   [EDIT_XML] = "xml",
    [EDIT_NUGET] = "nuget", [EDIT_YAML_LIST] = "yaml-list",
    [EDIT_JSON] = "json",
};

/** The value is bound to what it is kept for, so that equal secrets do not look equal. */
static void digest_of(struct slice value, const char *file, char out[static DIGEST_HEX_SIZE])
{
    BUFFER_AUTO text = {0};
    buffer_append_format(&text, "%s\n", file);
    buffer_append_slice(&text, value);
    digest_sha256_hex(buffer_slice(&text), out);
}

static void set_text(json_t *record, const char *name, struct slice text)
{
    json_t *value = text.data != NULL ? json_stringn(text.data, text.size) : json_null();
    // What is no UTF-8 cannot be kept; it counts as nothing.
    (void)json_object_set_new(record, name, value != NULL ? value : json_null());
}

static void set_digest(json_t *record, const char *name, struct slice value, const char *file)
{
    char digest[DIGEST_HEX_SIZE];
    digest_of(value, file, digest);
    set_text(record, name, slice_of(digest));
}

static json_t *make(const char *file, const char *kind, const struct buffer *before, struct slice after,
                    const struct change_secret *secret)
{
    BUFFER_AUTO form = {0};
    json_t *record = json_object();
    set_text(record, "file", slice_of(file));
    set_text(record, "kind", slice_of(kind));
    set_text(record, "before", before != NULL ? buffer_slice(before) : (struct slice){0});
    set_digest(record, "after", after, file);
    if (before != NULL)
        set_digest(record, "earlier", buffer_slice(before), file);
    if (secret != NULL && change_record_mask(&form, after, secret->token)) {
        buffer_append_format(&form, "\n%s", secret->whose);
        set_digest(record, "form", buffer_slice(&form), file);
    }
    return record;
}

static void set_place(json_t *record, const struct edit_place *place)
{
    json_t *path = json_array();
    for (size_t i = 0; i < EDIT_DEPTH && place->path[i] != NULL; i++)
        (void)json_array_append_new(path, json_string(place->path[i]));
    set_text(record, "format", slice_of(formats[place->format]));
    (void)json_object_set_new(record, "path", path);
    set_text(record, "selectKey", slice_of(place->select_key));
    set_text(record, "select", slice_of(place->select));
    set_text(record, "key", slice_of(place->key));
}

json_t *change_record_value(const char *file, const struct edit_place *place, const struct buffer *before,
                            struct slice after, const struct change_secret *secret)
{
    json_t *record = make(file, "value", before, after, secret);
    set_place(record, place);
    return record;
}

json_t *change_record_item(const char *file, const struct edit_place *place, const struct buffer *before,
                           struct slice item, const struct change_secret *secret)
{
    json_t *record = make(file, "item", before, item, secret);
    set_text(record, "before", (struct slice){0});
    set_place(record, place);
    return record;
}

json_t *change_record_same_item(const char *file, const struct edit_place *place, struct slice item,
                                const struct change_secret *secret)
{
    json_t *record = make(file, "item", NULL, item, secret);
    set_text(record, "before", SLICE(""));
    set_place(record, place);
    return record;
}

json_t *change_record_gone(const char *file, const struct edit_place *place, const struct buffer *before, bool kept)
{
    json_t *record = make(file, "value", before, (struct slice){0}, NULL);
    if (!kept)
        set_text(record, "before", (struct slice){0});
    set_text(record, "after", (struct slice){0});
    set_place(record, place);
    return record;
}

json_t *change_record_file(const char *file, const struct buffer *before, struct slice after)
{
    return make(file, "file", before, after, NULL);
}

static const char *text_of(const json_t *record, const char *name)
{
    return json_string_value(json_object_get(record, name));
}

static bool is_kind(const json_t *record, const char *kind)
{
    const char *found = text_of(record, "kind");
    return found != NULL && slice_is(slice_of(found), kind);
}

bool change_record_is_file(const json_t *record)
{
    return is_kind(record, "file");
}

bool change_record_is_item(const json_t *record)
{
    return is_kind(record, "item");
}

bool change_record_is_gone(const json_t *record)
{
    return is_kind(record, "value") && text_of(record, "after") == NULL;
}

const char *change_record_before(const json_t *record)
{
    return text_of(record, "before");
}

const char *change_record_read(const json_t *record, struct edit_place *out)
{
    const char *file = text_of(record, "file");
    const char *format = text_of(record, "format");
    *out = (struct edit_place){.format = EDIT_INI};
    if (file == NULL || (text_of(record, "after") == NULL && !change_record_is_gone(record)))
        return NULL;
    if (change_record_is_file(record))
        return file;
    size_t i = 0;
    while (i < sizeof formats / sizeof *formats && format != NULL && !slice_is(slice_of(format), formats[i]))
        i++;
    if (format == NULL || i == sizeof formats / sizeof *formats)
        return NULL;
    out->format = (enum edit_format)i;
    const json_t *path = json_object_get(record, "path");
    for (size_t depth = 0; depth < json_array_size(path) && depth < EDIT_DEPTH; depth++)
        out->path[depth] = json_string_value(json_array_get(path, depth));
    out->select_key = text_of(record, "selectKey");
    out->select = text_of(record, "select");
    out->key = text_of(record, "key");
    if (out->format == EDIT_NETRC)
        return out->path[0] != NULL ? file : NULL;
    bool needs_root = out->format == EDIT_XML || out->format == EDIT_NUGET;
    return out->key != NULL && (!needs_root || out->path[0] != NULL) ? file : NULL;
}

bool change_record_matches(const json_t *record, struct slice value)
{
    static const char *const names[] = {"after", "earlier"};
    char digest[DIGEST_HEX_SIZE];
    digest_of(value, text_of(record, "file"), digest);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *kept = text_of(record, names[i]);
        if (kept != NULL && slice_is(slice_of(kept), digest))
            return true;
    }
    return false;
}

/** Whether a member of one is that of the other; two that are missing are the same. */
static bool is_same(const json_t *a, const char *name, const json_t *b, const char *other)
{
    const json_t *left = json_object_get(a, name);
    const json_t *right = json_object_get(b, other);
    return left == right || json_equal(left, right);
}

bool change_record_precedes(const json_t *record, const json_t *later, const char *found)
{
    if (change_record_is_item(later))
        return found != NULL && change_record_same_value(record, later);
    if (found != NULL)
        return change_record_matches(record, slice_of(found));
    // It found something that it does not keep, or nothing.
    if (text_of(later, "earlier") != NULL)
        return is_same(record, "after", later, "earlier");
    return change_record_is_gone(record);
}

bool change_record_same_list(const json_t *a, const json_t *b)
{
    static const char *const names[] = {"file", "format", "path", "selectKey", "select", "key"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!is_same(a, names[i], b, names[i]))
            return false;
    return true;
}

bool change_record_same_place(const json_t *a, const json_t *b)
{
    if (!change_record_same_list(a, b) || !is_same(a, "kind", b, "kind"))
        return false;
    return !change_record_is_item(a) || is_same(a, "after", b, "after") || is_same(a, "after", b, "earlier");
}

bool change_record_is_secret(const json_t *record)
{
    return text_of(record, "form") != NULL;
}

bool change_record_same_form(const json_t *a, const json_t *b)
{
    return is_same(a, change_record_is_secret(a) ? "form" : "after", b, change_record_is_secret(b) ? "form" : "after");
}

bool change_record_same_value(const json_t *a, const json_t *b)
{
    return is_same(a, "after", b, "after");
}

bool change_record_is_unchanged(const json_t *record)
{
    return is_same(record, "after", record, "earlier");
}

static void copy(json_t *to, const json_t *from, const char *name)
{
    json_t *value = json_object_get(from, name);
    if (value != NULL)
        (void)json_object_set(to, name, value);
    else
        (void)json_object_del(to, name);
}

void change_record_follow(json_t *a, const json_t *b)
{
    copy(a, b, "after");
    copy(a, b, "earlier");
}

void change_record_inherit(json_t *a, const json_t *b)
{
    copy(a, b, "before");
}

/** How many bytes of TEXT are a secret that it begins with; 0: none. */
static size_t secret_size(struct slice text, const struct slice *secrets, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (secrets[i].size > 0 && slice_starts_with(text, secrets[i]))
            return secrets[i].size;
    return 0;
}

bool change_record_mask(struct buffer *out, struct slice value, const char *secret)
{
    BUFFER_AUTO encoded = {0};
    if (secret != NULL)
        text_percent_encode(&encoded, slice_of(secret), "");
    bool found = false;
    const struct slice secrets[] = {slice_of(secret), buffer_slice(&encoded)};
    for (size_t i = 0; i < value.size;) {
        size_t size = secret_size(slice_part(value, i, value.size), secrets, sizeof secrets / sizeof *secrets);
        if (size > 0)
            buffer_append_text(out, "******");
        else
            buffer_append_char(out, value.data[i] == '\n' ? ' ' : value.data[i]);
        found = found || size > 0;
        i += size > 0 ? size : 1;
    }
    return found;
}
