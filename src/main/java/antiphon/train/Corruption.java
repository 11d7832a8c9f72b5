package antiphon.train;

import antiphon.music.Event;
import antiphon.music.Vocabulary;
import java.util.SplittableRandom;

/**
 * Errors put into what the network hears while it learns. While playing it hears its own answers, which differ a little
 * from the music of its corpus. A network that has learned with errors in its input copes better with them (the
 * exposure bias that Bengio et al. 2015 treat by scheduled sampling).
 *
 * <p>Each field of each event is replaced, independently, by a value drawn at random. The start of a piece stays, and
 * so does "none". What the network is to predict is never touched. Pure: seed and step decide, so that a resumed
 * training hears the same errors.
 *
 * @param share of the fields, 0 for none
 */
record Corruption(double share, long seed) {
    /** The batch with errors in it; itself if there are to be none. */
    Batch of(Batch batch, long step) {
        if (share == 0) {
            return batch;
        }
        SplittableRandom random = new SplittableRandom(seed * 0xD1342543DE82EF95L ^ step * 0x9E3779B97F4A7C15L);
        int[][] heard = new int[batch.lanes()][batch.window()];
        for (int lane = 0; lane < heard.length; lane++) {
            for (int i = 0; i < heard[lane].length; i++) {
                heard[lane][i] = of(batch.lane(lane)[i], random);
            }
        }
        return batch.heardAs(heard);
    }

    private int of(int event, SplittableRandom random) {
        int kind = Event.kind(event);
        int pitch = Event.pitch(event);
        int velocityBin = Event.velocityBin(event);
        if (kind == Event.START) {
            return event;
        }
        return Event.of(
                strikes(random) ? random.nextInt(Event.START + 1, Vocabulary.KINDS) : kind,
                strikes(random) ? random.nextInt(Vocabulary.TIME_BINS) : Event.timeBin(event),
                pitch != Vocabulary.NO_PITCH && strikes(random) ? random.nextInt(Vocabulary.PITCHES) : pitch,
                velocityBin != Vocabulary.NO_VELOCITY && strikes(random)
                        ? random.nextInt(Vocabulary.VELOCITY_BINS)
                        : velocityBin);
    }

    private boolean strikes(SplittableRandom random) {
        return random.nextDouble() < share;
    }
}
