package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.app.EvalScores.References;
import antiphon.corpus.Score;
import antiphon.train.Adaptation;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class EvalScoresTest {
    private static final Score NETWORK = new Score(10, 20, 1, 5, 7, 2);
    private static final References REFERENCES =
            new References(new Score(10, 20, 2, 6, 11, 4), new Score(10, 20, 1.5, 5.5, 8, 2.5), "40 notes of 4 pieces");

    @Test
    void shouldTellMachinesTheReferencesInTheSameUnit() throws IOException {
        Map<String, Object> map = JSON.std.mapFrom(
                new EvalScores(NETWORK, Optional.empty(), Optional.empty(), Optional.of(REFERENCES)).json());

        assertThat(map.keySet()).containsExactly("notes", "bitsPerNote", "fields", "unigram", "ngram");
        assertThat(map.get("bitsPerNote")).isEqualTo(15.0);
        assertThat(map.get("unigram"))
                .isEqualTo(Map.of(
                        "bitsPerNote",
                        23.0,
                        "fields",
                        Map.of("kind", 2.0, "time", 6.0, "pitch", 11.0, "velocity", 4.0)));
        assertThat(map.get("ngram"))
                .isEqualTo(Map.of(
                        "bitsPerNote",
                        17.5,
                        "fields",
                        Map.of("kind", 1.5, "time", 5.5, "pitch", 8.0, "velocity", 2.5)));
    }

    @Test
    void shouldTellMachinesNullWhereThereIsNoReference() throws IOException {
        Map<String, Object> map =
                JSON.std.mapFrom(new EvalScores(NETWORK, Optional.empty(), Optional.empty(), Optional.empty()).json());

        assertThat(map.keySet()).containsExactly("notes", "bitsPerNote", "fields", "unigram", "ngram");
        assertThat(map.get("unigram")).isNull();
        assertThat(map.get("ngram")).isNull();
    }

    @Test
    void shouldShowPeopleATableWithRatios() {
        assertThat(new EvalScores(NETWORK, Optional.empty(), Optional.empty(), Optional.of(REFERENCES)).table())
                .containsExactly(
                        "bits per note       all     kind     time    pitch velocity",
                        "network          15.000    1.000    5.000    7.000    2.000",
                        "5-gram           17.500    1.500    5.500    8.000    2.500",
                        "unigram          23.000    2.000    6.000   11.000    4.000",
                        "network / 5-gram 0.857, network / unigram 0.652 (counted: 40 notes of 4 pieces)",
                        "10 notes, 20 events");
        assertThat(new EvalScores(NETWORK, Optional.empty(), Optional.empty(), Optional.empty()).table())
                .hasSize(3);
    }

    @Test
    void shouldShowWhatASessionGains() throws IOException {
        Adaptation adaptation = new Adaptation(
                List.of(
                        new Adaptation.Place(2, 2, 3, 100, 12, 11.5),
                        new Adaptation.Place(3, Integer.MAX_VALUE, 1, 300, 10, 9)),
                3,
                2);
        EvalScores scores = new EvalScores(NETWORK, Optional.empty(), Optional.of(adaptation), Optional.empty());
        assertThat(scores.table())
                .containsSubsequence(
                        "in a session     pieces    alone     kept     gain",
                        "piece 2               3   12.000   11.500    0.500",
                        "piece 3 on            1   10.000    9.000    1.000",
                        "all but first         4   10.500    9.625    0.875",
                        "better in 2 of 3 sessions, with the memory of their earlier pieces kept");
        assertThat(JSON.std.mapFrom(scores.json()).get("adapt"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("gain", 0.875)
                .containsEntry("sessions", 3)
                .containsEntry("gainedSessions", 2);
    }
}
