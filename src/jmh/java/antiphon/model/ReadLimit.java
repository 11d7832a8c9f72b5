package antiphon.model;

import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Reads as many bytes as a step must, once, as fast as Java can: no step on these weights can be faster. What remains
 * to be read is one matrix less than the file holds, because the first layer's input side is a table.
 *
 * <p>Two ways, so that the limit does not depend on what one compiler makes of one loop: rows xored four at a time
 * (plain Java; a reduction into one variable is five times slower because HotSpot leaves it scalar), and the Vector API.
 */
public final class ReadLimit implements Contender {
    private static final VectorSpecies<Integer> WIDE = IntVector.SPECIES_PREFERRED;
    private static final int AT_ONCE = 4;

    private final boolean vector;
    private final int[][] rows;
    private final int[] sum;

    /** Volatile, so that the reading is not thrown away. */
    private volatile int result;

    private ReadLimit(boolean vector, int width, int layers, int bytesPerWeight) {
        this.vector = vector;
        List<int[]> each = new ArrayList<>();
        for (int row = 0; row < (2 * layers - 1) * width; row++) {
            each.add(new int[4 * width * bytesPerWeight / Integer.BYTES]);
        }
        rows = each.toArray(int[][]::new);
        sum = new int[rows[0].length];
    }

    /** By plain Java. */
    public static ReadLimit plain(int width, int layers, int bytesPerWeight) {
        return new ReadLimit(false, width, layers, bytesPerWeight);
    }

    /** By the Vector API. */
    public static ReadLimit vector(int width, int layers, int bytesPerWeight) {
        return new ReadLimit(true, width, layers, bytesPerWeight);
    }

    /** What one step reads. */
    public long bytes() {
        return (long) rows.length * rows[0].length * Integer.BYTES;
    }

    @Override
    public String name() {
        return vector ? "read once (Vector API)" : "read once (plain Java)";
    }

    @Override
    public void step(int kind, int time, int pitch, int velocity) {
        if (vector) {
            int all = 0;
            for (int[] row : rows) {
                all ^= xored(row);
            }
            result = all;
        } else {
            for (int i = 0; i + AT_ONCE <= rows.length; i += AT_ONCE) {
                xorFour(rows[i], rows[i + 1], rows[i + 2], rows[i + 3], sum);
            }
            result = sum[0];
        }
    }

    private static void xorFour(int[] a, int[] b, int[] c, int[] d, int[] sum) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] ^= a[j] ^ b[j] ^ c[j] ^ d[j];
        }
    }

    private static int xored(int[] row) {
        int lanes = WIDE.length();
        IntVector a = IntVector.zero(WIDE);
        IntVector b = a;
        IntVector c = a;
        IntVector d = a;
        int i = 0;
        for (; i + AT_ONCE * lanes <= row.length; i += AT_ONCE * lanes) {
            a = a.lanewise(VectorOperators.XOR, IntVector.fromArray(WIDE, row, i));
            b = b.lanewise(VectorOperators.XOR, IntVector.fromArray(WIDE, row, i + lanes));
            c = c.lanewise(VectorOperators.XOR, IntVector.fromArray(WIDE, row, i + 2 * lanes));
            d = d.lanewise(VectorOperators.XOR, IntVector.fromArray(WIDE, row, i + 3 * lanes));
        }
        for (; i + lanes <= row.length; i += lanes) {
            a = a.lanewise(VectorOperators.XOR, IntVector.fromArray(WIDE, row, i));
        }
        return a.lanewise(VectorOperators.XOR, b)
                .lanewise(VectorOperators.XOR, c)
                .lanewise(VectorOperators.XOR, d)
                .reduceLanes(VectorOperators.XOR);
    }

    /** The last result, for a bench to consume. */
    public int result() {
        return result;
    }

    @Override
    public float[] kindLogits() {
        return new float[0];
    }

    @Override
    public void close() {}
}
