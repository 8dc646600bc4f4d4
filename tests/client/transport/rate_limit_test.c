// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The rate of retry mode `adaptive`, against what botocore's own classes computed for the same run of requests. */
#include "client/transport/rate_limit.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define START 1000.25
/** Beyond the wait, so that rounding does not leave a token just short of whole. */
#define A_BIT 1e-6

/** One request: the wait before it, when it ended, whether it was throttled, and the rates then. */
static const struct {
    double wait;
    double ended;
    bool throttled;
    double fill_rate;
    double measured_rate;
} requests[] = {
    {0.000000, 1000.650000, false, 0.500000, 1.600000},  {0.000000, 1000.750000, false, 0.500000, 1.600000},
    {0.000000, 1001.450000, false, 0.691200, 3.520000},  {0.000000, 1001.500000, false, 0.781250, 2.304000},
    {0.000000, 1001.550000, true, 1.612800, 2.304000},   {0.078359, 1001.678360, true, 1.128960, 2.304000},
    {0.814341, 1002.892702, false, 1.614119, 2.860800},  {0.339761, 1003.282464, false, 1.675304, 2.172160},
    {0.548732, 1003.931197, false, 2.282374, 2.034432},  {0.364738, 1004.345936, false, 3.257631, 2.006886},
    {0.271940, 1004.667876, false, 4.002755, 2.001377},  {0.209135, 1005.577012, false, 2.400551, 1.200275},
    {0.000000, 1006.277012, false, 3.680110, 1.840055},  {0.000000, 1006.327012, true, 1.288039, 1.840055},
    {0.000000, 1006.427012, false, 1.423823, 1.840055},  {0.409572, 1006.886585, false, 1.772125, 5.168011},
    {0.524121, 1008.110706, false, 1.960547, 1.566936},  {0.000000, 1008.160706, false, 1.989570, 1.566936},
    {0.332475, 1008.543183, false, 2.376565, 3.513387},  {0.378916, 1009.022100, false, 3.423000, 2.302677},
    {0.222711, 1009.294812, false, 4.391038, 2.302677},  {0.188759, 1010.183572, false, 4.121071, 2.060535},
    {0.000000, 1010.233572, false, 4.121071, 2.060535},  {0.000000, 1010.333572, false, 4.121071, 2.060535},
    {0.000000, 1010.383572, false, 4.121071, 2.060535},  {0.024764, 1010.508337, false, 13.390978, 6.812107},
    {0.043902, 1010.952240, false, 13.624214, 6.812107}, {0.000000, 1011.652240, false, 5.924843, 2.962421},
    {0.000000, 1011.752240, false, 5.924843, 2.962421},  {0.000000, 1011.802240, false, 5.924843, 2.962421},
    {0.000000, 1012.202240, true, 3.774739, 5.392484},   {0.000000, 1012.302240, false, 4.060633, 5.392484},
    {0.000000, 1012.352240, false, 4.189990, 5.392484},  {0.000000, 1012.452240, false, 4.423027, 5.392484},
    {0.000000, 1012.852240, false, 5.056795, 7.478497},  {0.000000, 1012.902240, false, 5.107398, 7.478497},
};

static void assert_near(double got, double wanted, size_t request)
{
    if (fabs(got - wanted) > 5e-6)
        fail_msg("request %zu: %f instead of %f", request, got, wanted);
}

static void a_run_of_requests(void **state)
{
    (void)state;
    struct rate_limit limit;
    double now = START;
    rate_limit_start(&limit, now);
    for (size_t i = 0; i < sizeof requests / sizeof *requests; i++) {
        double wait = rate_limit_acquire(&limit, now);
        assert_near(wait, requests[i].wait, i);
        now += wait + A_BIT;
        if (wait > 0)
            assert_near(rate_limit_acquire(&limit, now), 0, i);
        now = requests[i].ended;
        rate_limit_record(&limit, now, requests[i].throttled);
        assert_near(limit.fill_rate, requests[i].fill_rate, i);
        assert_near(limit.measured_rate, requests[i].measured_rate, i);
    }
}

/** Nothing is limited before the service has throttled. */
static void an_untroubled_service(void **state)
{
    (void)state;
    struct rate_limit limit;
    rate_limit_start(&limit, START);
    for (unsigned i = 0; i < 1000; i++) {
        assert_near(rate_limit_acquire(&limit, START), 0, i);
        rate_limit_record(&limit, START, false);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_of_requests),
        cmocka_unit_test(an_untroubled_service),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
