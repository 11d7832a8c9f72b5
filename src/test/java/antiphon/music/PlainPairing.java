package antiphon.music;

import antiphon.music.NotePairing.Overlap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Pairs notes as the rules say, with lists and no thought of speed: what {@link NotePairing} is held to. */
final class PlainPairing {
    private record Sounding(int lane, int port, int channel, int pitch, int velocity, long onsetNanos) {}

    final List<String> said = new ArrayList<>();
    private final NotePairing.Ear ear = ear(said);
    private final Overlap overlap;
    private final List<Sounding> held = new ArrayList<>();
    private final List<Sounding> ringing = new ArrayList<>();
    private final Set<Integer> pedalsDown = new HashSet<>();

    PlainPairing(Overlap overlap) {
        this.overlap = overlap;
    }

    /** An ear that writes down all that it is told. */
    static NotePairing.Ear ear(List<String> said) {
        return new NotePairing.Ear() {
            @Override
            public void began(int lane, int channel, int pitch, int velocity, long nanos) {
                said.add("on " + List.of(lane, channel, pitch, velocity, nanos));
            }

            @Override
            public void ended(int lane, int channel, int pitch, int velocity, long onsetNanos, long nanos) {
                said.add("off " + List.of(lane, channel, pitch, velocity, onsetNanos, nanos));
            }

            @Override
            public void lifted(int lane, int channel, int pitch, long nanos) {
                said.add("up " + List.of(lane, channel, pitch, nanos));
            }
        };
    }

    int sounding() {
        return held.size() + ringing.size();
    }

    void accept(int lane, int port, int message, long nanos) {
        int channel = Message.channel(message);
        int pitch = Message.data1(message);
        Predicate<Sounding> ofChannel = note -> note.port == port && note.channel == channel;
        Predicate<Sounding> ofKey = ofChannel.and(note -> note.lane == lane && note.pitch == pitch);
        if (Message.isNoteOn(message)) {
            end(ringing, ofKey, nanos);
            if (overlap == Overlap.RESTRIKE) {
                end(held, ofKey, nanos);
            }
            held.add(new Sounding(lane, port, channel, pitch, Message.data2(message), nanos));
            ear.began(lane, channel, pitch, Message.data2(message), nanos);
        } else if (Message.isNoteOff(message)) {
            held.stream().filter(ofKey).findFirst().ifPresent(note -> lift(note, isPedalDown(note), nanos));
        } else if ((message & 0xF0) == Message.CONTROL_CHANGE) {
            control(port << 4 | channel, ofChannel, pitch, Message.data2(message), nanos);
        }
    }

    private void control(int pedal, Predicate<Sounding> ofChannel, int controller, int value, long nanos) {
        if (controller == 64 && value >= 64) {
            pedalsDown.add(pedal);
        } else if (controller == 64 || controller == 121) {
            pedalsDown.remove(pedal);
            end(ringing, ofChannel, nanos);
        } else if (controller == 120) {
            end(ringing, ofChannel, nanos);
            sorted(held, ofChannel).forEach(note -> lift(note, false, nanos));
        } else if (controller >= 123) {
            sorted(held, ofChannel).forEach(note -> lift(note, isPedalDown(note), nanos));
        }
    }

    void endLane(int lane, long nanos) {
        List.copyOf(held).stream()
                .filter(note -> note.lane == lane)
                .forEach(note -> lift(note, isPedalDown(note), nanos));
    }

    void lose(int lane, int port, long nanos) {
        pedalsDown.removeIf(pedal -> pedal >> 4 == port);
        for (int pitch = 0; pitch < 128; pitch++) {
            for (int channel = 0; channel < 16; channel++) {
                int wantedPitch = pitch;
                int wantedChannel = channel;
                Predicate<Sounding> ofTone =
                        note -> note.port == port && note.channel == wantedChannel && note.pitch == wantedPitch;
                end(ringing, ofTone, nanos);
                sorted(held, ofTone.and(note -> note.lane == lane)).forEach(note -> lift(note, false, nanos));
            }
        }
    }

    void finish(long nanos) {
        pedalsDown.clear();
        end(ringing, note -> true, nanos);
        List.copyOf(held).forEach(note -> lift(note, false, nanos));
    }

    private void end(List<Sounding> from, Predicate<Sounding> which, long nanos) {
        for (Sounding note : sorted(from, which)) {
            from.remove(note);
            ended(note, nanos);
        }
    }

    private void lift(Sounding note, boolean rings, long nanos) {
        held.remove(note);
        ear.lifted(note.lane, note.channel, note.pitch, nanos);
        if (rings) {
            ringing.add(note);
        } else {
            ended(note, nanos);
        }
    }

    private void ended(Sounding note, long nanos) {
        ear.ended(note.lane, note.channel, note.pitch, note.velocity, note.onsetNanos, nanos);
    }

    private boolean isPedalDown(Sounding note) {
        return pedalsDown.contains(note.port << 4 | note.channel);
    }

    /** Those of one pitch stay in the order of the list. */
    private static List<Sounding> sorted(List<Sounding> notes, Predicate<Sounding> which) {
        return notes.stream()
                .filter(which)
                .sorted(Comparator.comparingInt(Sounding::pitch))
                .toList();
    }
}
