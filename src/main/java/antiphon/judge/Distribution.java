package antiphon.judge;

import antiphon.music.Note;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How far the answers as a whole are from human ones: for each {@link Feature} the Wasserstein-1 distance between half
 * of the human answers and the contender's to the other half of the calls, divided by d0, the distance between the two
 * halves of the human answers. 1 is as near as humans are to each other. A piece lies as a whole in one half, and many
 * random halvings are averaged. Small samples make both distances larger by about the same amount. Immutable.
 *
 * @param ratios d / d0; NaN where humans do not differ, as with the velocities of a score that has none
 * @param mean of the ratios known, with its interval by a jackknife over groups of pieces
 * @param distances d
 * @param humanDistances d0
 */
record Distribution(
        Map<Feature, Double> ratios,
        Interval mean,
        Map<Feature, Double> distances,
        Map<Feature, Double> humanDistances) {
    private static final List<Feature> FEATURES = List.of(Feature.values());
    private static final int SPLITS = 200;
    private static final int SPLITS_WITHOUT_A_GROUP = 40;
    private static final int GROUPS = 20;
    private static final long SEED = 7;
    private static final double NORMAL_95 = 1.96;

    /** Values of every answer: [feature][call][value], of humans and of each seed of the contender. */
    private static final class Samples {
        final double[][][] human;
        final List<double[][][]> made;
        final int[] clusters;

        Samples(double[][][] human, List<double[][][]> made, int[] clusters) {
            this.human = human;
            this.made = made;
            this.clusters = clusters;
        }
    }

    /** Judges one contender. */
    static Distribution of(Exchanges exchanges, Contender contender) {
        List<Key> keys = exchanges.chosen().stream()
                .map(each -> Key.of(each.call().notes()))
                .toList();
        Samples samples = new Samples(
                values(keys, exchanges.chosen().stream().map(Exchange::answer).toList()),
                contender.answers().stream().map(ofSeed -> values(keys, ofSeed)).toList(),
                exchanges.clusters());
        int pieces = Arrays.stream(samples.clusters).max().orElse(0) + 1;
        int[] all = IntStream.range(0, pieces).toArray();
        double[][] distances = distances(samples, all, SPLITS);
        Map<Feature, Double> ratios = new EnumMap<>(Feature.class);
        Map<Feature, Double> made = new EnumMap<>(Feature.class);
        Map<Feature, Double> human = new EnumMap<>(Feature.class);
        for (int place = 0; place < FEATURES.size(); place++) {
            made.put(FEATURES.get(place), distances[0][place]);
            human.put(FEATURES.get(place), distances[1][place]);
            ratios.put(FEATURES.get(place), ratio(distances, place));
        }
        return new Distribution(ratios, interval(samples, all, mean(distances)), made, human);
    }

    private static double[][][] values(List<Key> keys, List<List<Note>> answers) {
        double[][][] values = new double[FEATURES.size()][answers.size()][];
        for (int place = 0; place < FEATURES.size(); place++) {
            for (int i = 0; i < answers.size(); i++) {
                values[place][i] = FEATURES.get(place).values(keys.get(i), answers.get(i));
            }
        }
        return values;
    }

    private static double ratio(double[][] distances, int place) {
        double human = distances[1][place];
        return human > 0 ? distances[0][place] / human : Double.NaN;
    }

    private static double mean(double[][] distances) {
        return Statistics.meanOfKnown(IntStream.range(0, FEATURES.size())
                .mapToDouble(place -> ratio(distances, place))
                .toArray());
    }

    private static Interval interval(Samples samples, int[] pieces, double mean) {
        int groups = Math.min(GROUPS, pieces.length);
        if (groups < 3) {
            return new Interval(mean, Double.NaN, Double.NaN);
        }
        double[] without = new double[groups];
        for (int group = 0; group < groups; group++) {
            int left = group;
            int[] others = Arrays.stream(pieces)
                    .filter(piece -> piece % groups != left)
                    .toArray();
            without[group] = mean(distances(samples, others, SPLITS_WITHOUT_A_GROUP));
        }
        double centre = Statistics.mean(without);
        double squares = Arrays.stream(without)
                .map(each -> (each - centre) * (each - centre))
                .sum();
        double error = Math.sqrt(squares * (groups - 1) / groups);
        return new Interval(mean, mean - NORMAL_95 * error, mean + NORMAL_95 * error);
    }

    /** Mean distances over random halvings of some pieces: [0] contender to human, [1] human to human; by feature. */
    private static double[][] distances(Samples samples, int[] pieces, int splits) {
        double[][] sums = new double[2][FEATURES.size()];
        int[][] counts = new int[2][FEATURES.size()];
        SplittableRandom random = new SplittableRandom(SEED);
        for (int split = 0; split < splits; split++) {
            List<int[]> halves = halves(samples.clusters, pieces, random);
            for (int place = 0; place < FEATURES.size(); place++) {
                double[] half = pooled(samples.human[place], halves.get(0));
                add(place, half, pooled(samples.human[place], halves.get(1)), sums[1], counts[1]);
                for (double[][][] made : samples.made) {
                    add(place, half, pooled(made[place], halves.get(1)), sums[0], counts[0]);
                }
            }
        }
        for (int i = 0; i < 2; i++) {
            for (int place = 0; place < FEATURES.size(); place++) {
                sums[i][place] = counts[i][place] == 0 ? Double.NaN : sums[i][place] / counts[i][place];
            }
        }
        return sums;
    }

    private static void add(int place, double[] one, double[] other, double[] sums, int[] counts) {
        if (one.length > 0 && other.length > 0) {
            sums[place] += FEATURES.get(place).distance(one, other);
            counts[place]++;
        }
    }

    /** The calls of two halves of the pieces. */
    private static List<int[]> halves(int[] clusters, int[] pieces, SplittableRandom random) {
        int[] shuffled = pieces.clone();
        for (int i = shuffled.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = shuffled[i];
            shuffled[i] = shuffled[other];
            shuffled[other] = kept;
        }
        boolean[] first = new boolean[Arrays.stream(clusters).max().orElse(0) + 1];
        boolean[] second = new boolean[first.length];
        for (int i = 0; i < shuffled.length; i++) {
            (i < shuffled.length / 2 ? first : second)[shuffled[i]] = true;
        }
        List<int[]> halves = new ArrayList<>();
        for (boolean[] half : List.of(first, second)) {
            halves.add(IntStream.range(0, clusters.length)
                    .filter(call -> half[clusters[call]])
                    .toArray());
        }
        return halves;
    }

    private static double[] pooled(double[][] values, int[] calls) {
        return Arrays.stream(calls)
                .mapToObj(call -> values[call])
                .flatMapToDouble(Arrays::stream)
                .sorted()
                .toArray();
    }

    /** All values of one feature of some answers, for a picture. */
    static double[] pooled(Feature feature, Exchanges exchanges, List<List<List<Note>>> answers) {
        double[] all = {};
        for (List<List<Note>> ofSeed : answers) {
            for (int i = 0; i < ofSeed.size(); i++) {
                double[] values =
                        feature.values(Key.of(exchanges.chosen().get(i).call().notes()), ofSeed.get(i));
                double[] longer = Arrays.copyOf(all, all.length + values.length);
                System.arraycopy(values, 0, longer, all.length, values.length);
                all = longer;
            }
        }
        return all;
    }
}
