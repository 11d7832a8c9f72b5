package antiphon.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a {@link Crowd} has seen.
 *
 * @param seconds how long it asked
 * @param asked requests
 * @param answered with what they asked for
 * @param tooMany refused with status 429
 * @param cutOff refused by the end of their connection
 * @param untaken refused by not being read, or by no connection
 * @param connections that were made for them
 * @param fewestFrames of a browser that reads
 * @param stalledFrames of the one that does not read, until it was told to read what had arrived
 * @param stalledEnded the server has ended its connection
 */
public record CrowdSeen(
        double seconds,
        long asked,
        long answered,
        long tooMany,
        long cutOff,
        long untaken,
        long connections,
        long fewestFrames,
        long stalledFrames,
        boolean stalledEnded) {
    /** All that were not answered. */
    public long refused() {
        return tooMany + cutOff + untaken;
    }

    /** For JSON. */
    Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("seconds", seconds);
        map.put("asked", asked);
        map.put("answered", answered);
        map.put("refused_429", tooMany);
        map.put("refused_by_closing", cutOff);
        map.put("refused_by_not_reading", untaken);
        map.put("connections", connections);
        map.put("fewest_frames_of_a_browser", fewestFrames);
        map.put("frames_of_the_stalled_browser", stalledFrames);
        map.put("stalled_browser_ended", stalledEnded);
        return map;
    }

    String text() {
        return "%.0f requests a second: %d answered, %d refused (%d with 429, %d by closing, %d not read); frames %d, of the stalled browser %d"
                .formatted(asked / seconds, answered, refused(), tooMany, cutOff, untaken, fewestFrames, stalledFrames);
    }
}
