package io.jenkins.plugins.qemush.engine.image.download;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A web server on the loopback that can be told to behave badly. */
public final class UnreliableServer implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, URI> redirects = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final HttpServer server;
    private volatile boolean ranges = true;
    private volatile boolean tags = true;
    private volatile long cutAfter = Long.MAX_VALUE;
    private volatile long bytesPerSecond = Long.MAX_VALUE;

    /** One request that came. */
    public record Request(String path, Optional<String> range, Optional<String> authorization) {}

    public UnreliableServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public void put(String path, byte[] content) {
        files.put(path, content);
    }

    public void redirect(String path, URI to) {
        redirects.put(path, to);
    }

    /** Whether it knows how to send a part of a file. */
    public void setRanges(boolean ranges) {
        this.ranges = ranges;
    }

    /** Whether it names the version of a file. */
    public void setTags(boolean tags) {
        this.tags = tags;
    }

    /** Cuts each connection after so many bytes of content. */
    public void setCutAfter(long bytes) {
        cutAfter = bytes;
    }

    public void setBytesPerSecond(long bytes) {
        bytesPerSecond = bytes;
    }

    /** Answers the next requests with status 503. */
    public void failNext(int times) {
        failures.set(times);
    }

    public List<Request> requests(String path) {
        return requests.stream().filter(request -> request.path().equals(path)).toList();
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Optional<String> range = header(exchange, "Range");
        requests.add(new Request(path, range, header(exchange, "Authorization")));
        try (exchange) {
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                exchange.sendResponseHeaders(503, -1);
            } else if (redirects.containsKey(path)) {
                exchange.getResponseHeaders()
                        .add("Location", redirects.get(path).toString());
                exchange.sendResponseHeaders(302, -1);
            } else if (files.containsKey(path)) {
                send(exchange, files.get(path), range);
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private void send(HttpExchange exchange, byte[] content, Optional<String> range) throws IOException {
        String tag = '"' + Integer.toHexString(java.util.Arrays.hashCode(content)) + '"';
        if (tags) {
            exchange.getResponseHeaders().add("ETag", tag);
        }
        int start = 0;
        if (ranges
                && range.isPresent()
                && header(exchange, "If-Range").orElse(tag).equals(tag)) {
            start = Integer.parseInt(range.get().replaceAll("bytes=(\\d+)-", "$1"));
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes " + start + "-" + (content.length - 1) + "/" + content.length);
            exchange.sendResponseHeaders(206, content.length - start);
        } else {
            exchange.sendResponseHeaders(200, content.length);
        }
        int end = (int) Math.min(content.length, cutAfter == Long.MAX_VALUE ? content.length : start + cutAfter);
        write(exchange.getResponseBody(), content, start, end);
    }

    private void write(OutputStream out, byte[] content, int start, int end) throws IOException {
        int step = bytesPerSecond == Long.MAX_VALUE ? content.length : (int) (bytesPerSecond / 20);
        for (int at = start; at < end; at += step) {
            out.write(content, at, Math.min(step, end - at));
            out.flush();
            if (bytesPerSecond != Long.MAX_VALUE) {
                pause();
            }
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }
}
