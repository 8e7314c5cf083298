package io.jenkins.plugins.qemush.report;

import com.google.gson.JsonObject;
import io.jenkins.plugins.qemush.engine.console.ConsoleQuery;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.function.Supplier;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** What the console viewer in the browser asks. Reads only; whoever hands this out has checked that one may. */
public final class ConsoleView {
    private static final int BAD_REQUEST = 400;
    private static final int LONGEST_SEARCH = 200;

    private final Supplier<ConsoleText> text;
    private final String fileName;
    private final Runnable permission;

    /**
     * @param text looked up at each question: a live console becomes an archived one
     * @param fileName for whoever saves the whole log: letters, digits, dots and dashes
     * @param permission throws when the user may not read this
     */
    public ConsoleView(Supplier<ConsoleText> text, String fileName, Runnable permission) {
        this.text = text;
        this.fileName = fileName;
        this.permission = permission;
    }

    /** Lines from a certain one on. */
    public void doLines(
            StaplerRequest2 request,
            StaplerResponse2 response,
            @QueryParameter String from,
            @QueryParameter String count)
            throws IOException {
        answer(response, () -> new ConsoleQuery.Lines(Long.parseLong(from), Integer.parseInt(count)));
    }

    /** The last lines. */
    public void doEnd(StaplerRequest2 request, StaplerResponse2 response, @QueryParameter String count)
            throws IOException {
        answer(response, () -> new ConsoleQuery.End(Integer.parseInt(count)));
    }

    /** What has come since. */
    public void doAfter(
            StaplerRequest2 request,
            StaplerResponse2 response,
            @QueryParameter String offset,
            @QueryParameter String line)
            throws IOException {
        answer(response, () -> new ConsoleQuery.After(Long.parseLong(offset), Long.parseLong(line)));
    }

    /** The lines that have a text in them. */
    public void doSearch(StaplerRequest2 request, StaplerResponse2 response, @QueryParameter String q)
            throws IOException {
        if (q == null || q.isBlank() || q.length() > LONGEST_SEARCH) {
            permission.run();
            response.sendError(BAD_REQUEST, Messages.ConsoleView_search(LONGEST_SEARCH));
            return;
        }
        answer(response, () -> new ConsoleQuery.Search(q));
    }

    /** The whole log as a file. */
    public void doRaw(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        permission.run();
        try (InputStream in = text.get().open()) {
            // As a file to keep: a guest's bytes are never rendered.
            response.setContentType("text/plain;charset=UTF-8");
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("Content-Disposition", "attachment; filename=\"" + fileName + "\"");
            OutputStream out = response.getOutputStream();
            in.transferTo(out);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private void answer(StaplerResponse2 response, Supplier<ConsoleQuery> query) throws IOException {
        permission.run();
        try {
            ConsoleQuery asked = query.get();
            ConsoleText console = text.get();
            // Before the question: what comes between it and a machine's end is asked for once more.
            boolean live = console.isLive();
            JsonAnswer.send(response, ConsoleJson.of(console.ask(asked), live));
        } catch (NumberFormatException e) {
            response.sendError(BAD_REQUEST, Messages.ConsoleView_numbers());
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (IOException e) {
            JsonObject json = new JsonObject();
            json.addProperty("error", e.getMessage());
            JsonAnswer.send(response, json);
        }
    }

    private static IOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("The console was not read to its end.");
    }
}
