"""Rows of the table of carriers that leave: vacated or compacted, and references that follow."""

from __future__ import annotations

import numpy as np

from model.kernels.compilation import kernel


@kernel
def vacate_rows(gone, blocks, defaults, places):
    """Empty the rows of firms that leave, but for their seats, and end their ties; other ties stay in order.

    Parameters
    ----------
    gone
        True for rows that leave, shape (rows,).
    blocks
        Blocks of columns: numbers, integers, knowledge, density, integers per tie, numbers per tie.
    defaults
        What a new row has in each column, in as many arrays.
    places
        Places of the columns partners, degree, link, seat and id in their blocks.
    """
    numbers, integers, knowledge, density, tie_integers, tie_numbers = blocks
    partners, degree, link, seat, identity = places
    for i in range(gone.shape[0]):
        ties = integers[degree, i]
        left = 0
        for slot in range(ties):
            if gone[i] or gone[tie_integers[partners, i, slot]]:
                continue
            if left != slot:
                for column in range(tie_integers.shape[0]):
                    tie_integers[column, i, left] = tie_integers[column, i, slot]
                for column in range(tie_numbers.shape[0]):
                    tie_numbers[column, i, left] = tie_numbers[column, i, slot]
            left += 1
        integers[degree, i] = left
        if integers[link, i] >= 0 and gone[integers[link, i]]:
            integers[link, i] = -1
    for i in range(gone.shape[0]):
        if not gone[i]:
            continue
        for column in range(numbers.shape[0]):
            numbers[column, i] = defaults[0][column]
        for column in range(integers.shape[0]):
            if column != seat:
                integers[column, i] = defaults[1][column]
        integers[identity, i] = -1
        knowledge[0, i] = defaults[2][0]
        density[0, i] = defaults[3][0]
        for column in range(tie_integers.shape[0]):
            tie_integers[column, i] = defaults[4][column]
        for column in range(tie_numbers.shape[0]):
            tie_numbers[column, i] = defaults[5][column]


@kernel
def retire_rows(
    gone, rows, numbers, integers, knowledge, density, tie_integers, tie_numbers, partners, degree, link
):
    """Drop rows, keep the order of the others, end the ties of those that left.

    Parameters
    ----------
    gone
        True for rows that leave, shape (rows,).
    rows
        Number of live rows.
    numbers, integers
        Blocks of scalar columns, shape (columns, capacity).
    knowledge, density
        Blocks of columns per domain, shape (1, capacity, domains).
    tie_integers, tie_numbers
        Blocks of columns per tie, shape (columns, capacity, slots).
    partners, degree, link
        Places of these columns in their blocks.

    Returns
    -------
    int
        Number of rows that remain.
    """
    moved = np.empty(rows, np.int64)
    kept = 0
    first = rows
    for i in range(rows):
        if gone[i]:
            moved[i] = -1
            first = min(first, i)
        else:
            moved[i] = kept
            kept += 1
    domains = knowledge.shape[2]
    known = np.empty(domains, np.float32)
    near = np.empty(domains, np.float32)
    for i in range(rows):
        to = moved[i]
        if to < 0:
            continue
        # Blocks of scalars are moved column by column below: here rows are long and contiguous.
        if to != i:
            # By way of other arrays, which cannot overlap: many domains are then copied at a time.
            for d in range(domains):
                known[d] = knowledge[0, i, d]
                near[d] = density[0, i, d]
            for d in range(domains):
                knowledge[0, to, d] = known[d]
                density[0, to, d] = near[d]
        ties = integers[degree, i]
        left = 0
        for slot in range(ties):
            partner = moved[tie_integers[partners, i, slot]]
            if partner < 0:
                continue
            if to != i or left != slot:
                for column in range(tie_integers.shape[0]):
                    tie_integers[column, to, left] = tie_integers[column, i, slot]
                for column in range(tie_numbers.shape[0]):
                    tie_numbers[column, to, left] = tie_numbers[column, i, slot]
            tie_integers[partners, to, left] = partner
            left += 1
        integers[degree, i] = left
        if integers[link, i] >= 0:
            integers[link, i] = moved[integers[link, i]]
    for column in range(numbers.shape[0]):
        for i in range(first, rows):
            if moved[i] >= 0:
                numbers[column, moved[i]] = numbers[column, i]
    for column in range(integers.shape[0]):
        for i in range(first, rows):
            if moved[i] >= 0:
                integers[column, moved[i]] = integers[column, i]
    return kept
