# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""The differential test: the AWS CLI of the distribution and jeton, given the same, do the same.

generate_*.py make cases, run.py gives one to both programs, stub.py answers them, known.py holds the differences that
must be, compare.py finds the others, shrink.py makes a case small. end_to_end/test_differential is the command.
"""
