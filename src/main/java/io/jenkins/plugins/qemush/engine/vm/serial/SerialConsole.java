package io.jenkins.plugins.qemush.engine.vm.serial;

import io.jenkins.plugins.qemush.engine.path.PathParts;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The guest's serial console: what it prints is read at all times (an unread console stalls the guest), and what root
 * would type can be written.
 */
public final class SerialConsole implements AutoCloseable {
    /** Only the end is kept here; the whole is in the console log. */
    private static final int KEPT = 64 * 1024;

    /**
     * What a kernel with time stamps prints, between what others do or in the middle of it. So long that no guest can make the
     * search slow.
     */
    private static final Pattern KERNEL =
            Pattern.compile("\\[ {0,4}\\d{1,6}\\.\\d{6}\\](?:\\[ *[TC]\\d+\\])? [^\n]{0,500}+\n");

    private final SocketChannel channel;
    private final StringBuilder tail = new StringBuilder();
    private long received;
    private boolean ended;

    private SerialConsole(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Connects to QEMU's socket.
     *
     * @param onText told of whatever arrives, on the console's own thread; must not block
     */
    public static SerialConsole connect(Path socket, Consumer<String> onText) throws IOException {
        SerialConsole console = new SerialConsole(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
        Thread thread =
                new Thread(() -> console.read(onText), "qemu-sh console " + PathParts.name(PathParts.folder(socket)));
        thread.setDaemon(true);
        thread.start();
        return console;
    }

    private void read(Consumer<String> onText) {
        ByteBuffer block = ByteBuffer.allocate(8 * 1024);
        try {
            while (channel.read(block) >= 0) {
                String text = new String(block.array(), 0, block.position(), StandardCharsets.ISO_8859_1);
                block.clear();
                append(text);
                onText.accept(text);
            }
        } catch (IOException e) {
            // QEMU ended: what is left to read is in the console log.
            System.getLogger(SerialConsole.class.getName()).log(System.Logger.Level.TRACE, "console closed", e);
        }
        synchronized (this) {
            ended = true;
            notifyAll();
        }
    }

    private synchronized void append(String text) {
        received += text.length();
        tail.append(text);
        if (tail.length() > KEPT) {
            tail.delete(0, tail.length() - KEPT);
        }
        notifyAll();
    }

    /** How many characters have arrived. */
    public synchronized long received() {
        return received;
    }

    /** Types text. */
    public void type(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Whether nothing arrives for so long. */
    public synchronized boolean isQuiet(Duration pause) throws IOException, InterruptedException {
        long before = received;
        long end = System.nanoTime() + pause.toNanos();
        for (long millis = pause.toMillis(); millis > 0; millis = (end - System.nanoTime()) / 1_000_000) {
            if (received != before || ended) {
                return false;
            }
            wait(millis);
        }
        return received == before;
    }

    /**
     * Waits until the console shows something, and takes all up to its end. It may stand between messages of a kernel that
     * stamps them with the time, or be divided by such messages.
     *
     * @return the match, or empty when the time is over
     * @throws IOException when the console closed before
     */
    public synchronized Optional<Matcher> expect(Pattern pattern, Duration patience)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<Matcher> match = take(pattern);
            if (match.isPresent()) {
                return match;
            }
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (ended) {
                throw new IOException("the console was closed");
            }
            if (millis <= 0) {
                return Optional.empty();
            }
            wait(millis);
        }
    }

    /** A message may divide words, which are whole without it; or end a line that nobody else ends. */
    private Optional<Matcher> take(Pattern pattern) {
        String all = tail.toString();
        String withoutKernel = KERNEL.matcher(all).replaceAll("");
        for (String view : List.of(withoutKernel, all)) {
            Matcher matcher = pattern.matcher(view);
            if (matcher.find()) {
                tail.replace(0, tail.length(), view.substring(matcher.end()));
                return Optional.of(matcher);
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
