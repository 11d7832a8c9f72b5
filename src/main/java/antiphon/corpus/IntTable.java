package antiphon.corpus;

import java.util.Arrays;

/**
 * Rows of a fixed number of ints that grows as rows are added: a list of small records at four bytes a number, for a
 * corpus of millions of pieces. It has at most a quarter more room than it needs. About 2^31 numbers fit. One thread
 * writes; any may read what was written before.
 */
final class IntTable {
    private static final int FIRST_ROWS = 16;

    private final int columns;
    private int[] numbers;
    private int rows;

    IntTable(int columns) {
        this(columns, FIRST_ROWS);
    }

    /** With room for so many rows, to begin with. */
    IntTable(int columns, int rows) {
        this.columns = columns;
        numbers = new int[rows * columns];
    }

    /** Adds a row with a number for each column; returns where it is. */
    int add(int... row) {
        int end = (rows + 1) * columns;
        if (end > numbers.length) {
            numbers = Arrays.copyOf(numbers, (int) Math.min(Integer.MAX_VALUE - 8, end + (long) end / 4));
        }
        System.arraycopy(row, 0, numbers, rows * columns, columns);
        return rows++;
    }

    int get(int row, int column) {
        return numbers[row * columns + column];
    }

    void set(int row, int column, int number) {
        numbers[row * columns + column] = number;
    }

    int rows() {
        return rows;
    }

    /** Forgets all rows from this one on. */
    void truncate(int size) {
        rows = size;
    }

    /** A number of 64 bits from two columns, the higher half first. */
    long getLong(int row, int column) {
        return ((long) get(row, column) << Integer.SIZE) | Integer.toUnsignedLong(get(row, column + 1));
    }

    static int high(long number) {
        return (int) (number >>> Integer.SIZE);
    }

    static int low(long number) {
        return (int) number;
    }
}
