package io.natter.chat.web;

import io.nayuki.qrcodegen.QrCode;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The lines of the console when the chat has started: its addresses and, while the place has no
/// owner, the link that makes one, with a QR code for a phone.
///
/// @param config the settings
/// @param port the port in use
/// @param network the address of this machine in its network, if it has one
/// @param isTerminal whether a person sees the lines as they are; a log has no QR codes
record StartText(ChatConfig config, int port, Optional<String> network, boolean isTerminal) {
    /// An address of documentation (RFC 5737). Nothing is sent to it.
    private static final InetSocketAddress ELSEWHERE = new InetSocketAddress("192.0.2.1", 9);

    /// The light border that scanners need, in modules.
    private static final int BORDER = 2;

    /// Black on white, as scanners expect, whatever the colours of the terminal are.
    private static final String INK = "\033[30;107m";

    private static final String PLAIN = "\033[0m";

    /// The address of this machine in its network: the one from which it would send.
    static Optional<String> findNetwork() {
        try (var socket = new DatagramSocket()) {
            socket.connect(ELSEWHERE);
            InetAddress address = socket.getLocalAddress();
            return address.isAnyLocalAddress() || address.isLoopbackAddress()
                    ? Optional.empty()
                    : Optional.of(address.getHostAddress());
        } catch (SocketException | java.io.UncheckedIOException _) {
            return Optional.empty(); // no network
        }
    }

    /// The lines. The first one has the address on this machine, which programs read.
    ///
    /// @param secret makes the first owner; empty when there is one
    List<String> lines(Optional<String> secret) {
        var lines = new ArrayList<String>();
        String here = address(isOnAll() ? "localhost" : config.host());
        Optional<String> elsewhere = elsewhere();
        lines.add("Natter is at " + here);
        elsewhere.ifPresent(
                address ->
                        lines.add(
                                (config.origins().isEmpty()
                                                ? "In your network it is at "
                                                : "Browsers reach it at ")
                                        + address));
        secret.ifPresent(text -> addSetup(lines, here, elsewhere, "/#setup=" + text));
        return lines;
    }

    private void addSetup(
            List<String> lines, String here, Optional<String> elsewhere, String path) {
        String link = (config.origins().isEmpty() ? here : elsewhere.orElse(here)) + path;
        lines.add("To own this place, open " + link);
        if (elsewhere.isEmpty()) {
            lines.add("Only this machine reaches it. --host 0.0.0.0 lets your network in.");
        } else if (isTerminal) {
            lines.add("Or scan this with a phone:");
            lines.addAll(qrCode(elsewhere.get() + path));
        }
    }

    /// The address for other machines: the first of the configured ones, or that in the network.
    private Optional<String> elsewhere() {
        if (!config.origins().isEmpty()) {
            return Optional.of(config.origins().getFirst() + config.operating().basePath());
        }
        return isOnAll() ? network.map(this::address) : Optional.empty();
    }

    private boolean isOnAll() {
        return config.host().equals("0.0.0.0") || config.host().equals("::");
    }

    private String address(String host) {
        return (config.tls() == null ? "http://" : "https://")
                + (host.indexOf(':') >= 0 ? "[" + host + "]" : host)
                + ":"
                + port
                + config.operating().basePath();
    }

    /// Two modules above each other in each character.
    static List<String> qrCode(String text) {
        var code = QrCode.encodeText(text, QrCode.Ecc.LOW);
        var lines = new ArrayList<String>();
        for (int y = -BORDER; y < code.size + BORDER; y += 2) {
            var line = new StringBuilder(INK);
            for (int x = -BORDER; x < code.size + BORDER; x++) {
                boolean upper = code.getModule(x, y);
                boolean lower = code.getModule(x, y + 1);
                line.append(upper ? (lower ? '█' : '▀') : (lower ? '▄' : ' '));
            }
            lines.add(line.append(PLAIN).toString());
        }
        return lines;
    }
}
