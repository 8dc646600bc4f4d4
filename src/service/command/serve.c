// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/command/command.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "service/caller/site.h"
#include "service/command/arguments.h"
#include "service/command/data_directory.h"
#include "service/command/tls_files.h"
#include "service/command/upstreams.h"
#include "service/http/listen.h"
#include "service/http/server.h"
#include "service/introspection/clients.h"

#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#define DEFAULT_LISTEN "127.0.0.1:4480"
#define TOLERANCE_DEFAULT 300
#define TOLERANCE_MAX 900
#define THREADS_MAX 256
#define QUOTA_MAX 1000000000
/** The parts of a host name (RFC 1035 section 2.3.4), and what is left of one beside the part before the suffix. */
#define HOST_PART_MAX 63
#define HOST_SUFFIX_MAX 189
/** Seconds for a document of an issuer. */
#define ISSUER_TIMEOUT_DEFAULT 5
#define ISSUER_TIMEOUT_MAX 60
/** Milliseconds for what has begun when a signal ends the service; it has to be gone within 5 seconds. */
#define DRAIN 2500
/** Descriptors beside the connections: the store's, the log's, those of epoll. */
#define DESCRIPTORS_SPARE 64

/** The words of the command line. */
struct choices {
    const char *data;
    const char *listen;
    const char *certificate;
    const char *key;
    const char *tolerance;
    const char *threads;
    const char *endpoint_base;
    const char *endpoint_hosts;
    bool record_tokens;
    const char *introspection;
    const char *max_domains;
    const char *max_repositories;
    const char *issuer_ca;
    const char *issuer_proxy;
    const char *issuer_timeout;
    struct upstream_choices upstreams;
};

/** The same, understood. */
struct plan {
    struct server_options server;
    struct web_identity_options identity;
    uint64_t max_domains;
    uint64_t max_repositories;
    int64_t tolerance;
    struct buffer certificate;
    struct buffer key;
    struct buffer endpoint_base;
    struct upstream_plan upstreams;
    struct introspection_clients *clients;
};

static void plan_free(struct plan *plan)
{
    buffer_free(&plan->certificate);
    buffer_free(&plan->key);
    buffer_free(&plan->endpoint_base);
    upstream_plan_free(&plan->upstreams);
    introspection_clients_free(plan->clients);
}

static bool parse(int argc, char **argv, struct choices *choices, bool *help, struct error *error)
{
    const struct argument_option options[] = {
        ARGUMENT_DATA(&choices->data),
        {.name = "listen",
         .value = "ADDRESS:PORT",
         .text = &choices->listen,
         .help = "Where to listen (default: " DEFAULT_LISTEN ");\nport 0 picks a free one."},
        {.name = "tls-cert",
         .value = "FILE",
         .text = &choices->certificate,
         .help = "Serve HTTPS with this certificate and its chain (PEM)."},
        {.name = "tls-key", .value = "FILE", .text = &choices->key, .help = "The certificate's private key (PEM)."},
        {.name = "clock-tolerance",
         .value = "SECONDS",
         .text = &choices->tolerance,
         .help = "How far a caller's clock may differ (default: 300,\nat most 900)."},
        {.name = "threads",
         .value = "N",
         .text = &choices->threads,
         .help = "How many threads serve (default: one a processor)."},
        {.name = "endpoint-base",
         .value = "URL",
         .text = &choices->endpoint_base,
         .help =
             "What the repository endpoints that clients are told\nstart with (default: where the service listens)."},
        {.name = "endpoint-hosts",
         .value = "SUFFIX",
         .text = &choices->endpoint_hosts,
         .help =
             "Tell clients https://DOMAIN-OWNER.SUFFIX/ instead, for who\nhas such names and a certificate for them."},
        {.name = "max-domains",
         .value = "N",
         .text = &choices->max_domains,
         .help = "How many domains an account may make (default: any\nnumber; AWS has 10)."},
        {.name = "max-repositories",
         .value = "N",
         .text = &choices->max_repositories,
         .help = "How many repositories a domain may have (default: any\nnumber; AWS has 1000)."},
        {.name = "issuer-ca",
         .value = "FILE",
         .text = &choices->issuer_ca,
         .help = "Trust these certificates (PEM), beside the system's, where\nthe keys of OpenID Connect providers are "
                 "fetched."},
        {.name = "issuer-proxy",
         .value = "URL",
         .text = &choices->issuer_proxy,
         .help = "Fetch those keys through this proxy (default: none; the\nenvironment is not asked)."},
        {.name = "issuer-timeout",
         .value = "SECONDS",
         .text = &choices->issuer_timeout,
         .help = "How long each of a provider's two documents may take\n(default: 5, at most 60)."},
        ARGUMENTS_UPSTREAM(&choices->upstreams),
        {.name = "introspection-clients",
         .value = "FILE",
         .text = &choices->introspection,
         .help =
             "Answer POST /introspect (RFC 7662); FILE has a line\nID:HASH for each client, with the SHA-256 of its "
             "secret."},
        {.name = "record-tokens",
         .flag = &choices->record_tokens,
         .help =
             "Record which tokens are issued, for jetond tokens; a\ntoken that cannot be recorded is not given out."},
    };
    const struct argument_command command = {
        .name = "jetond serve",
        .summary = "Serves until SIGTERM or SIGINT, in the foreground. Says \"listening on URL\" on standard\n"
                   "error once it accepts, and one line a request from then on.",
        .options = options,
        .option_count = sizeof options / sizeof options[0],
    };
    return arguments_read(&command, argc, argv, help, error);
}

// ------------------------------------------------------------------ understanding the words

static bool read_number(const char *option, const char *text, uint64_t low, uint64_t high, uint64_t *out,
                        struct error *error)
{
    if (text == NULL)
        return true;
    if (!text_parse_unsigned(slice_of(text), out) || *out < low || *out > high)
        return error_set(error, ERROR_USAGE, NULL, "--%s %s: give a number from %llu to %llu", option, text,
                         (unsigned long long)low, (unsigned long long)high);
    return true;
}

/** The processors that this process may run on. */
static uint64_t processor_count(void)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    if (sched_getaffinity(0, sizeof set, &set) != 0 || CPU_COUNT(&set) < 1)
        return 1;
    return CPU_COUNT(&set) > THREADS_MAX ? THREADS_MAX : (uint64_t)CPU_COUNT(&set);
}

static bool read_base(const char *text, struct buffer *out, struct error *error)
{
    struct slice base = slice_of(text);
    while (slice_ends_with(base, SLICE("/")))
        base.size--;
    if (!slice_starts_with(base, SLICE("http://")) && !slice_starts_with(base, SLICE("https://")))
        return error_set(error, ERROR_USAGE, NULL,
                         "--endpoint-base %s: give a URL that starts with http:// or https://", text);
    buffer_append_slice(out, base);
    return true;
}

/** Whether TEXT is a host name with dots between its parts, maybe with a port. */
static bool is_host_suffix(struct slice text)
{
    size_t colon = slice_find(text, ':', 0);
    uint64_t port = 1;
    if (colon < text.size && (!text_parse_unsigned(slice_part(text, colon + 1, text.size), &port) || port > 65535))
        return false;
    struct slice rest = slice_part(text, 0, colon);
    struct slice part;
    while (slice_cut(&rest, '.', &part)) {
        if (part.size == 0 || part.size > HOST_PART_MAX || part.data[0] == '-' || part.data[part.size - 1] == '-')
            return false;
        for (size_t i = 0; i < part.size; i++)
            if (!text_is_alpha(part.data[i]) && !text_is_digit(part.data[i]) && part.data[i] != '-')
                return false;
    }
    return colon > 0 && colon <= HOST_SUFFIX_MAX && port > 0;
}

static bool read_endpoints(const struct choices *choices, struct plan *plan, struct error *error)
{
    if (choices->endpoint_base != NULL && choices->endpoint_hosts != NULL)
        return error_set(error, ERROR_USAGE, NULL,
                         "--endpoint-base and --endpoint-hosts are two ways to name repositories: give one of them");
    if (choices->endpoint_base != NULL) {
        if (!read_base(choices->endpoint_base, &plan->endpoint_base, error))
            return false;
        plan->server.endpoint_base = buffer_text(&plan->endpoint_base);
    }
    if (choices->endpoint_hosts != NULL && !is_host_suffix(slice_of(choices->endpoint_hosts)))
        return error_set(error, ERROR_USAGE, NULL,
                         "--endpoint-hosts %s: give what the host names end with, as packages.example.com or "
                         "packages.example.com:8443",
                         choices->endpoint_hosts);
    plan->server.endpoint_hosts = choices->endpoint_hosts;
    return true;
}

static bool read_tls(const struct choices *choices, struct plan *plan, struct error *error)
{
    if ((choices->certificate == NULL) != (choices->key == NULL))
        return error_set(error, ERROR_USAGE, NULL, "--tls-cert and --tls-key go together: give both or neither");
    if (choices->certificate == NULL)
        return true;
    if (!tls_files_read(choices->certificate, choices->key, &plan->certificate, &plan->key, error))
        return false;
    plan->server.certificate = buffer_text(&plan->certificate);
    plan->server.key = buffer_text(&plan->key);
    return true;
}

static bool make_plan(const struct choices *choices, struct plan *plan, struct error *error)
{
    uint64_t tolerance = TOLERANCE_DEFAULT;
    uint64_t threads = processor_count();
    uint64_t issuer_timeout = ISSUER_TIMEOUT_DEFAULT;
    if (!read_number("clock-tolerance", choices->tolerance, 0, TOLERANCE_MAX, &tolerance, error) ||
        !read_number("threads", choices->threads, 1, THREADS_MAX, &threads, error) ||
        !read_number("max-domains", choices->max_domains, 1, QUOTA_MAX, &plan->max_domains, error) ||
        !read_number("max-repositories", choices->max_repositories, 1, QUOTA_MAX, &plan->max_repositories, error) ||
        !read_number("issuer-timeout", choices->issuer_timeout, 1, ISSUER_TIMEOUT_MAX, &issuer_timeout, error) ||
        !listen_check(choices->listen, error) || !read_tls(choices, plan, error) ||
        !read_endpoints(choices, plan, error))
        return false;
    plan->tolerance = (int64_t)tolerance;
    plan->server.listen = choices->listen;
    plan->server.threads = (size_t)threads;
    plan->server.log_descriptor = STDERR_FILENO;
    plan->server.patience = SERVER_PATIENCE;
    plan->identity = web_identity_defaults;
    plan->identity.trusted = choices->issuer_ca;
    plan->identity.proxy = choices->issuer_proxy;
    plan->identity.timeout = (long)issuer_timeout * 1000;
    plan->server.identity = &plan->identity;
    return true;
}

static bool read_clients(const struct choices *choices, struct plan *plan, struct error *error)
{
    BUFFER_AUTO text = {0};
    if (choices->introspection == NULL)
        return true;
    if (file_read(choices->introspection, INTROSPECTION_FILE_MAX, &text, error) != FILE_READ)
        return false;
    plan->clients = introspection_clients_read(buffer_slice(&text), choices->introspection, error);
    plan->server.introspection = plan->clients;
    return plan->clients != NULL;
}

// ------------------------------------------------------------------ serving

/** Makes room for every connection that the workers may hold, maybe with one to an upstream, as far as we are let. */
static void raise_descriptor_limit(size_t threads, bool doubled)
{
    rlim_t wanted = threads * SERVER_CONNECTIONS_MAX * (doubled ? 2 : 1) + DESCRIPTORS_SPARE + threads * 8;
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted)
        return;
    limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
}

/** Serves until one of the signals, which are blocked, comes. */
static bool serve(struct site *site, const struct plan *plan, const sigset_t *signals, struct error *error)
{
    struct server *server = server_start(site, &plan->server, error);
    if (server == NULL)
        return false;
    (void)fprintf(stderr, "listening on %s\n", server_url(server));
    int number;
    (void)sigwait(signals, &number);
    server_stop(server, DRAIN);
    return true;
}

static bool run(const struct choices *choices, struct plan *plan, struct error *error)
{
    sigset_t signals;
    (void)sigemptyset(&signals);
    (void)sigaddset(&signals, SIGTERM);
    (void)sigaddset(&signals, SIGINT);
    (void)sigprocmask(SIG_BLOCK, &signals, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
    (void)signal(SIGXFSZ, SIG_IGN); // a limit on the size of files is the store's failure, not the end of the service
    if (!make_plan(choices, plan, error) || !read_clients(choices, plan, error))
        return false;
    raise_descriptor_limit(plan->server.threads, choices->upstreams.words.count > 0);
    DATA_DIRECTORY_AUTO directory = {0};
    data_directory_set(&directory, choices->data);
    struct site *site = site_open(directory.store, directory.master_key, plan->tolerance, error);
    if (site == NULL)
        return false;
    site->domains_max = (int64_t)plan->max_domains;
    site->repositories_max = (int64_t)plan->max_repositories;
    if (choices->record_tokens)
        site->recorder = recorder_new(directory.tokens, error);
    bool served = (site->recorder != NULL || !choices->record_tokens) &&
                  upstream_plan_make(&choices->upstreams, site, &plan->upstreams, error);
    plan->server.upstreams = plan->upstreams.table;
    plan->server.upstream = plan->upstreams.options;
    served = served && serve(site, plan, &signals, error);
    site_close(site);
    return served;
}

bool command_serve(int argc, char **argv, struct error *error)
{
    struct choices choices = {.listen = DEFAULT_LISTEN};
    bool help = false;
    struct plan plan = {0};
    bool served = parse(argc, argv, &choices, &help, error) && (help || run(&choices, &plan, error));
    plan_free(&plan);
    argument_list_free(&choices.upstreams.words);
    return served;
}
