package antiphon.app;

import antiphon.Amount;
import antiphon.corpus.Corpus;
import antiphon.corpus.Piece;
import antiphon.corpus.Split;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which part of a corpus a network is judged by: all, or one side of the {@link Split}. */
enum JudgedPart {
    ALL,
    TRAIN,
    VALID,
    TEST;

    /** At least one piece; {@link UserException} if there is none on that side. */
    List<Piece> select(Corpus corpus) {
        if (this == ALL) {
            return corpus.pieces();
        }
        List<Piece> pieces = Split.valueOf(name()).select(corpus.pieces());
        if (pieces.isEmpty()) {
            throw new UserException("--split " + name().toLowerCase(Locale.ROOT) + ": none of "
                    + corpus.pieces().size() + " pieces is on that side; at least one needed. Name more music, or"
                    + " leave out --split.");
        }
        return pieces;
    }

    /** The sides that it names. */
    Set<Split> sides() {
        return this == ALL ? EnumSet.allOf(Split.class) : EnumSet.of(Split.valueOf(name()));
    }

    /** The pieces it selects as a corpus that says what it is. */
    Corpus of(Corpus corpus) {
        List<Piece> pieces = select(corpus);
        String side = this == ALL
                ? ""
                : "; " + name().toLowerCase(Locale.ROOT) + " side: " + Amount.of(pieces.size(), "piece");
        return new Corpus(pieces, corpus.description() + side);
    }
}
