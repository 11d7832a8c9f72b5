package antiphon.app;

import antiphon.config.Config;
import antiphon.config.ConfigException;
import antiphon.config.MidiSetting;
import antiphon.config.OutSetting;
import antiphon.live.Wiring;
import antiphon.live.Wish;
import antiphon.music.ChannelRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** What the settings say of what goes where. */
final class Wired {
    private Wired() {}

    /**
     * The outputs after the first that are to be open.
     *
     * @throws ConfigException if one before is not
     */
    static List<OutSetting.Of> open(Config config) {
        List<OutSetting.Of> open =
                OutSetting.OUTS.stream().filter(out -> config.value(out.open())).toList();
        for (int i = 0; i < open.size(); i++) {
            OutSetting.Of expected = OutSetting.OUTS.get(i);
            if (!open.get(i).equals(expected)) {
                throw new ConfigException(List.of(open.get(i).open().id() + " = true: "
                        + expected.open().id() + " is false; allowed: outputs without a gap. Open that one first."));
            }
        }
        return open;
    }

    /**
     * What the settings say, without ports to play on: for a session that has them.
     *
     * @param outputs how many it has
     */
    static Wiring routes(Config config, int outputs) {
        return of(config, OutSetting.OUTS.subList(0, outputs - 1), out -> List.of());
    }

    /**
     * What they say for a session to come.
     *
     * @param destinations of an output after the first
     */
    static Wiring of(Config config, Function<OutSetting.Of, List<Wish>> destinations) {
        return of(config, open(config), destinations);
    }

    private static Wiring of(
            Config config, List<OutSetting.Of> outs, Function<OutSetting.Of, List<Wish>> destinations) {
        List<Wiring.Further> further = new ArrayList<>();
        for (OutSetting.Of out : outs) {
            long offset = config.value(out.offset());
            further.add(new Wiring.Further(
                    destinations.apply(out),
                    config.value(out.exclude()),
                    TimeUnit.MILLISECONDS.toNanos(
                            offset == OutSetting.SAME_OFFSET ? config.midi().offsetMillis() : offset),
                    new Wiring.Rules(
                            routes(config.value(out.answers())),
                            routes(config.value(out.thru())),
                            config.value(out.clock()))));
        }
        Wiring.Rules first = new Wiring.Rules(
                routes(config.value(MidiSetting.ANSWERS)), routes(config.value(MidiSetting.THRU_FROM)), true);
        return new Wiring(
                config.value(MidiSetting.IN_EXCLUDE),
                routes(config.value(MidiSetting.HEAR)),
                first,
                config.value(MidiSetting.OUT_EXCLUDE),
                further);
    }

    /** The settings have checked them. */
    private static List<ChannelRoute> routes(List<String> written) {
        return written.stream()
                .map(text -> Objects.requireNonNull(ChannelRoute.parse(text)))
                .toList();
    }
}
