package antiphon.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class OscCodecTest {
    @Provide
    Arbitrary<OscMessage> messages() {
        Arbitrary<String> text = Arbitraries.strings()
                .excludeChars('\0')
                .ofMaxLength(12)
                .map(any -> new String(any.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
        Arbitrary<Object> argument = Arbitraries.oneOf(
                Arbitraries.integers().map(Object.class::cast),
                Arbitraries.longs().map(Object.class::cast),
                Arbitraries.floats().map(Object.class::cast),
                Arbitraries.doubles().map(Object.class::cast),
                Arbitraries.of(true, false).map(Object.class::cast),
                text.map(Object.class::cast));
        return Combinators.combine(text, argument.list().ofMaxSize(8))
                .as((address, arguments) -> new OscMessage("/" + address, arguments));
    }

    @Property(tries = 500)
    void shouldReadBackWhatItWrites(@ForAll("messages") OscMessage message) throws OscException {
        byte[] bytes = OscCodec.write(message);
        assertThat(bytes.length % 4).isZero();
        assertThat(OscCodec.read(ByteBuffer.wrap(bytes))).containsExactly(message);
    }

    @Property(tries = 200)
    void shouldTakeBundlesApart(@ForAll @Size(max = 5) List<@From("messages") OscMessage> messages)
            throws OscException {
        byte[] inner = bundle(messages);
        assertThat(OscCodec.read(ByteBuffer.wrap(inner))).isEqualTo(messages);
        ByteBuffer outer = ByteBuffer.allocate(20 + inner.length);
        outer.put("#bundle\0".getBytes(StandardCharsets.US_ASCII))
                .putLong(1)
                .putInt(inner.length)
                .put(inner);
        assertThat(OscCodec.read(outer.flip())).isEqualTo(messages);
    }

    private static byte[] bundle(List<OscMessage> messages) {
        ByteBuffer bundle = ByteBuffer.allocate(OscCodec.MAX_BYTES);
        bundle.put("#bundle\0".getBytes(StandardCharsets.US_ASCII)).putLong(1);
        for (OscMessage message : messages) {
            byte[] bytes = OscCodec.write(message);
            bundle.putInt(bytes.length).put(bytes);
        }
        byte[] all = new byte[bundle.flip().remaining()];
        bundle.get(all);
        return all;
    }

    @Property(tries = 2_000)
    void shouldFailByNothingButItsOwnErrorWhateverComes(@ForAll @Size(max = 200) byte[] bytes) {
        read(bytes);
    }

    @Property(tries = 2_000)
    void shouldFailByNothingElseWhereAByteIsDamaged(
            @ForAll("messages") OscMessage message,
            @ForAll @IntRange(max = 400) int place,
            @ForAll byte value,
            @ForAll @IntRange(max = 30) int cut) {
        byte[] bytes = bundle(List.of(message, message));
        bytes[place % bytes.length] = value;
        read(Arrays.copyOf(bytes, Math.max(0, bytes.length - cut)));
    }

    private static void read(byte[] bytes) {
        try {
            assertThat(OscCodec.read(ByteBuffer.wrap(bytes)))
                    .allSatisfy(message -> assertThat(message.address()).startsWith("/"));
        } catch (OscException wrong) {
            assertThat(wrong).message().isNotBlank();
        }
    }

    /** The example of the specification. */
    @Test
    void shouldReadTheBytesOfTheSpecification() throws OscException {
        byte[] bytes = {
            0x2f,
            0x6f,
            0x73,
            0x63,
            0x69,
            0x6c,
            0x6c,
            0x61,
            0x74,
            0x6f,
            0x72,
            0x2f,
            0x34,
            0x2f,
            0x66,
            0x72,
            0x65,
            0x71,
            0x75,
            0x65,
            0x6e,
            0x63,
            0x79,
            0x00,
            0x2c,
            0x66,
            0x00,
            0x00,
            0x43,
            (byte) 0xdc,
            0x00,
            0x00
        };
        OscMessage message = OscMessage.of("/oscillator/4/frequency", 440f);
        assertThat(OscCodec.read(ByteBuffer.wrap(bytes))).containsExactly(message);
        assertThat(OscCodec.write(message)).isEqualTo(bytes);
    }

    @Test
    void shouldRefuseWhatIsTooLongTooDeepOrTooMany() {
        assertThatThrownBy(() -> OscCodec.read(ByteBuffer.allocate(OscCodec.MAX_BYTES + 4)))
                .isInstanceOf(OscException.class)
                .hasMessage("more than 1472 bytes");
        byte[] deep = OscCodec.write(OscMessage.of("/a"));
        for (int i = 0; i < 5; i++) {
            ByteBuffer outer = ByteBuffer.allocate(20 + deep.length);
            deep = outer.put("#bundle\0".getBytes(StandardCharsets.US_ASCII))
                    .putLong(1)
                    .putInt(deep.length)
                    .put(deep)
                    .array();
        }
        byte[] nested = deep;
        assertThatThrownBy(() -> OscCodec.read(ByteBuffer.wrap(nested))).hasMessageContaining("deeper than 4");
        byte[] many = bundle(Collections.nCopies(65, OscMessage.of("/a")));
        assertThatThrownBy(() -> OscCodec.read(ByteBuffer.wrap(many))).hasMessage("more than 64 messages");
        byte[] wide = OscCodec.write(new OscMessage("/a", Collections.nCopies(17, 1)));
        assertThatThrownBy(() -> OscCodec.read(ByteBuffer.wrap(wide))).hasMessageContaining("at most 16 arguments");
    }
}
