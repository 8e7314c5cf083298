package io.jenkins.plugins.qemush.report;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import org.kohsuke.stapler.StaplerResponse2;

/** JSON as an answer to a script of a page. */
final class JsonAnswer {
    private JsonAnswer() {}

    static void send(StaplerResponse2 response, JsonObject json) throws IOException {
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        PrintWriter writer = response.getWriter();
        writer.print(json);
        writer.flush();
    }
}
