package antiphon.train;

import antiphon.model.ModelFile;
import antiphon.model.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One network learned by several threads: each has a copy of the weights and a part of the lanes, and the gradient is
 * the mean of theirs.
 *
 * <p>Deeplearning4j is fastest on one OpenMP thread, but then uses only one core. The parts and the order in which they
 * are added depend only on the number of copies, so the same count gives the same network on any machine. Called by one
 * thread, which learns the first part itself.
 */
final class Replicas implements AutoCloseable {
    private final List<Network> networks = new ArrayList<>();
    private final ExecutorService threads;

    /**
     * Makes the copies.
     *
     * @param count of copies, 1 or more; those without a lane stay idle
     */
    Replicas(NetworkShape shape, double dropout, int window, long seed, int count) {
        for (int i = 0; i < count; i++) {
            networks.add(new Network(shape, dropout, window, seed));
        }
        threads = Executors.newFixedThreadPool(
                Math.max(1, count - 1),
                Thread.ofPlatform().name("learner-", 1).daemon().factory());
    }

    /** The copy whose weights count: the others take them over whenever they learn. */
    Network first() {
        return networks.getFirst();
    }

    /**
     * As {@link Network#learn}, by all copies at once.
     *
     * @return loss in nats per event
     */
    double learn(Batch batch, long step) {
        int count = Math.min(networks.size(), batch.lanes());
        List<Future<Double>> others = new ArrayList<>();
        for (int i = 1; i < count; i++) {
            Network network = networks.get(i);
            Batch part = part(batch, i, count);
            long partStep = step * networks.size() + i;
            others.add(threads.submit(() -> {
                network.weights().assign(first().weights());
                return network.learn(part, partStep);
            }));
        }
        Batch part = part(batch, 0, count);
        double nats = first().learn(part, step * networks.size()) * part.lanes();
        INDArray gradient = gradient().muli((double) part.lanes() / batch.lanes());
        for (int i = 1; i < count; i++) {
            int lanes = part(batch, i, count).lanes();
            nats += await(others.get(i - 1)) * lanes;
            gradient.addi(networks.get(i).gradient().muli((double) lanes / batch.lanes()));
        }
        return nats / batch.lanes();
    }

    private static Batch part(Batch batch, int index, int count) {
        return batch.lanes(batch.lanes() * index / count, batch.lanes() * (index + 1) / count);
    }

    private static double await(Future<Double> nats) {
        try {
            return nats.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while learning", interrupted);
        } catch (ExecutionException failure) {
            throw new IllegalStateException("a copy of the network failed to learn", failure.getCause());
        }
    }

    /** The weights that count, as one row; changing it changes the network. */
    INDArray weights() {
        return first().weights();
    }

    /** The gradient that {@link #learn} left. */
    INDArray gradient() {
        return first().gradient();
    }

    /** What the lanes remember, by copy. */
    Map<String, Tensor> memories() {
        Map<String, Tensor> memories = new TreeMap<>();
        for (int i = 0; i < networks.size(); i++) {
            String prefix = prefix(i);
            networks.get(i).memories().forEach((name, tensor) -> memories.put(prefix + name, tensor));
        }
        return memories;
    }

    /** Takes up memories that {@link #memories} gave. */
    void remember(ModelFile file) {
        for (int i = 0; i < networks.size(); i++) {
            String prefix = prefix(i);
            Map<String, Tensor> memories = new TreeMap<>();
            file.tensors().forEach((name, tensor) -> {
                if (name.startsWith(prefix)) {
                    memories.put(name.substring(prefix.length()), tensor);
                }
            });
            networks.get(i).remember(new ModelFile(memories, Map.of()));
        }
    }

    private static String prefix(int index) {
        return "worker." + index + ".";
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
