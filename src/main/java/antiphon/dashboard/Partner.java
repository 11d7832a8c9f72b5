package antiphon.dashboard;

import antiphon.live.Calibration;
import antiphon.live.Connections;
import antiphon.live.Keyboard;
import antiphon.live.Meters;
import antiphon.live.Tap;
import antiphon.live.Understanding;
import antiphon.status.Status;
import antiphon.status.StatusServer;
import java.util.function.Supplier;

/**
 * What the page needs of a session.
 *
 * @param tap what happens
 * @param keyboard what is played in the browser goes here
 * @param understanding what is made of the human's playing, now; asked ten times a second
 * @param status the status, now
 * @param meters what is timed
 * @param takes what was recorded and kept
 * @param lessons what the network was and is taught
 * @param orders carries out {@code set}, {@code get} and the actions, as for the socket
 * @param steered presets and controllers
 * @param connections whom the session listens to and plays on
 * @param calibration measures the synthesiser's latency
 */
public record Partner(
        Tap tap,
        Keyboard keyboard,
        Supplier<Understanding> understanding,
        Supplier<Status> status,
        Meters meters,
        Takes takes,
        Lessons lessons,
        StatusServer.Orders orders,
        Steered steered,
        Connections connections,
        Calibration calibration) {
    /** The same, but for a status that is up to a tenth of a second old: to make one costs as much as many requests. */
    Partner withRecentStatus() {
        return new Partner(
                tap,
                keyboard,
                understanding,
                new RecentStatus(status, System::nanoTime),
                meters,
                takes,
                lessons,
                orders,
                steered,
                connections,
                calibration);
    }
}
