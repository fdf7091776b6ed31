package io.natter.conformance;

import java.util.List;
import java.util.regex.Pattern;

/// A packet of the warm-up's client, and the start of the answer. Packets are written as polling
/// carries them: bytes are `b` and their base64.
///
/// @param say the packets; `#` stands for the acknowledgement id of the server's last question
/// @param answer how the packet begins that ends the wait; a question's id is its only group
record Exchange(List<String> say, Pattern answer) {
    private static final String BYTES = "bAQID";
    private static final String PLACEHOLDER = "{\"_placeholder\":true,\"num\":0}";

    private Exchange(String answer, String... say) {
        this(List.of(say), Pattern.compile(answer));
    }

    /// The packets to send, given the id of the server's last question.
    List<String> say(String id) {
        return say.stream().map(packet -> packet.replace("#", id)).toList();
    }

    /// The exchanges with a server of this mode: text and bytes, acknowledgements both ways where
    /// it has them.
    static List<Exchange> of(Mode mode) {
        return switch (mode) {
            case ENGINE, ENGINE_CLIENT ->
                    List.of(new Exchange("4warm", "4warm"), new Exchange("b", BYTES));
            case SOCKETIO ->
                    List.of(
                            new Exchange("40\\{", "40"),
                            new Exchange("430\\[", "420[\"message-with-ack\",1]"),
                            new Exchange(
                                    "461-1\\[",
                                    "451-1[\"message-with-ack\"," + PLACEHOLDER + "]",
                                    BYTES),
                            new Exchange("42\\[\"message-back\"", "42[\"message\",1]"));
            case CLIENT ->
                    List.of(
                            new Exchange("40\\{", "40"),
                            new Exchange("430\\[", "420[\"echo\",1]"),
                            new Exchange("42(\\d+)\\[\"ack\"", "42[\"ack\"]"),
                            new Exchange("42\\[\"got it\"", "43#[5,{\"test\":true}]"),
                            new Exchange("451-\\[\"takebin\"", "42[\"getbin\"]"),
                            new Exchange(
                                    "42\\[\"buffack\"",
                                    "451-[\"buffa\"," + PLACEHOLDER + "]",
                                    BYTES));
            case JAVA_CLIENT ->
                    List.of(
                            new Exchange("40\\{", "40"),
                            new Exchange("430\\[", "420[\"ack\",1]"),
                            new Exchange("461-1\\[", "421[\"getAckBinary\"]"),
                            new Exchange("42(\\d+)\\[\"ack\"", "42[\"callAck\"]"),
                            new Exchange("42\\[\"ackBack\"", "43#[1]"),
                            new Exchange("42(\\d+)\\[\"ack\"", "42[\"callAckBinary\"]"),
                            new Exchange(
                                    "451-\\[\"ackBack\"", "461-#[" + PLACEHOLDER + "]", BYTES));
            case PLAIN ->
                    List.of(
                            new Exchange("40\\{", "40"),
                            new Exchange("430\\[", "420[\"children\"]"),
                            new Exchange("42\\[\"e2\"", "42[\"e\"]"),
                            new Exchange(
                                    "451-\\[\"bin1\"",
                                    "451-[\"bin1\"," + PLACEHOLDER + "]",
                                    BYTES));
        };
    }
}
