// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/packagers/packager.h"

const struct packager *const packagers[] = {
    &packager_nuget, &packager_dotnet, &packager_npm, &packager_pip, &packager_twine, &packager_swift, NULL,
};

const char *const packager_names[] = {"nuget", "dotnet", "npm", "pip", "twine", "swift", "auto", NULL};

const char *const packager_aws_names[] = {"nuget", "dotnet", "npm", "pip", "twine", "swift", NULL};
