package antiphon.remote;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * OSC 1.0 as bytes (opensoundcontrol.org, "The Open Sound Control 1.0 Specification"): messages with the types i, f, s, T
 * and F, and h and d of its further ones; bundles are taken apart, and their times are not kept. Strings are read and
 * written as UTF-8, of which the ASCII of the specification is a part. No state.
 */
final class OscCodec {
    /** What fits into one datagram on any network, and more than any of our messages has. */
    static final int MAX_BYTES = 1_472;

    private static final String BUNDLE = "#bundle";
    private static final int WORD = 4;
    private static final int MAX_DEPTH = 4;
    private static final int MAX_MESSAGES = 64;
    private static final int MAX_ARGUMENTS = 16;

    private OscCodec() {}

    /**
     * The messages of a packet, in their order.
     *
     * @throws OscException if it is no OSC, or longer than {@value #MAX_BYTES} bytes, or has more than {@value #MAX_MESSAGES}
     *     messages, {@value #MAX_ARGUMENTS} arguments of one, or bundles in bundles deeper than {@value #MAX_DEPTH}
     */
    static List<OscMessage> read(ByteBuffer packet) throws OscException {
        if (packet.remaining() > MAX_BYTES) {
            throw new OscException("more than " + MAX_BYTES + " bytes");
        }
        List<OscMessage> messages = new ArrayList<>();
        try {
            readElement(packet.slice(), messages, 0);
        } catch (BufferUnderflowException tooShort) {
            throw new OscException("it ends too early");
        }
        return messages;
    }

    private static void readElement(ByteBuffer in, List<OscMessage> messages, int depth) throws OscException {
        if (in.remaining() % WORD != 0) {
            throw new OscException("its length is no multiple of 4");
        }
        String first = readString(in);
        if (first.equals(BUNDLE)) {
            readBundle(in, messages, depth);
        } else if (!first.startsWith("/")) {
            throw new OscException("an address begins with /");
        } else if (messages.size() == MAX_MESSAGES) {
            throw new OscException("more than " + MAX_MESSAGES + " messages");
        } else {
            messages.add(new OscMessage(first, readArguments(in)));
        }
    }

    private static void readBundle(ByteBuffer in, List<OscMessage> messages, int depth) throws OscException {
        if (depth == MAX_DEPTH) {
            throw new OscException("bundles in bundles, deeper than " + MAX_DEPTH);
        }
        in.getLong(); // When to do it: we do it now.
        while (in.hasRemaining()) {
            int size = in.getInt();
            if (size <= 0 || size > in.remaining()) {
                throw new OscException("an element of " + size + " bytes where " + in.remaining() + " are left");
            }
            readElement(in.slice(in.position(), size), messages, depth + 1);
            in.position(in.position() + size);
        }
    }

    private static List<Object> readArguments(ByteBuffer in) throws OscException {
        // Old senders leave the types out where there are no arguments.
        String types = in.hasRemaining() ? readString(in) : ",";
        if (!types.startsWith(",") || types.length() > MAX_ARGUMENTS + 1) {
            throw new OscException("no types of at most " + MAX_ARGUMENTS + " arguments after the address");
        }
        List<Object> arguments = new ArrayList<>();
        for (char type : types.substring(1).toCharArray()) {
            arguments.add(
                    switch (type) {
                        case 'i' -> in.getInt();
                        case 'h' -> in.getLong();
                        case 'f' -> in.getFloat();
                        case 'd' -> in.getDouble();
                        case 's' -> readString(in);
                        case 'T' -> true;
                        case 'F' -> false;
                        default -> throw new OscException("an argument of a type that we do not take");
                    });
        }
        return arguments;
    }

    /** Ends with a zero, and then with as many as make its length a multiple of 4. */
    private static String readString(ByteBuffer in) throws OscException {
        int start = in.position();
        int end = start;
        while (end < in.limit() && in.get(end) != 0) {
            end++;
        }
        int next = end + WORD - (end - start) % WORD;
        if (next > in.limit()) {
            throw new OscException("a text without an end");
        }
        byte[] bytes = new byte[end - start];
        in.get(bytes);
        in.position(next);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * A message as bytes.
     *
     * @throws IllegalArgumentException if an argument is of no type that OSC has
     */
    static byte[] write(OscMessage message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringBuilder types = new StringBuilder(",");
        for (Object argument : message.arguments()) {
            types.append(
                    switch (argument) {
                        case Integer number -> 'i';
                        case Long number -> 'h';
                        case Float number -> 'f';
                        case Double number -> 'd';
                        case String text -> 's';
                        case Boolean on -> on ? 'T' : 'F';
                        default -> throw new IllegalArgumentException(argument + " is nothing that OSC has");
                    });
        }
        writeString(out, message.address());
        writeString(out, types.toString());
        for (Object argument : message.arguments()) {
            switch (argument) {
                case Integer number ->
                    out.writeBytes(ByteBuffer.allocate(WORD).putInt(number).array());
                case Float number ->
                    out.writeBytes(ByteBuffer.allocate(WORD).putFloat(number).array());
                case Long number ->
                    out.writeBytes(ByteBuffer.allocate(2 * WORD).putLong(number).array());
                case Double number ->
                    out.writeBytes(
                            ByteBuffer.allocate(2 * WORD).putDouble(number).array());
                case String text -> writeString(out, text);
                default -> {
                    // True and false are in the types.
                }
            }
        }
        return out.toByteArray();
    }

    private static void writeString(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeBytes(bytes);
        out.writeBytes(new byte[WORD - bytes.length % WORD]);
    }
}
