package io.jenkins.plugins.qemush.acceptance;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A running Jenkins, over HTTP, as far as Pipelines must be made and built. */
final class Jenkins {
    private static final Duration LONGEST_BUILD = Duration.ofMinutes(30);
    private static final long LOOK_MILLIS = 1_000;

    /** For requests that change nothing. */
    private static final BodyPublisher GET = null;

    private final URI root;
    private final String credentials;
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    /**
     * @param root as in Jenkins' configuration
     * @param credentials {@code user:password} or {@code user:token}; null where anybody may do anything
     */
    Jenkins(URI root, String credentials) {
        this.root = URI.create(root.toString().replaceAll("/*$", "/"));
        this.credentials = credentials;
    }

    /** Makes a Pipeline job, or changes it. */
    void writePipeline(String job, String script, Set<String> parameters) throws IOException, InterruptedException {
        String definitions = parameters.stream()
                .map(name -> "<hudson.model.StringParameterDefinition><name>" + name
                        + "</name></hudson.model.StringParameterDefinition>")
                .collect(Collectors.joining());
        String property = parameters.isEmpty()
                ? ""
                : "<hudson.model.ParametersDefinitionProperty><parameterDefinitions>" + definitions
                        + "</parameterDefinitions></hudson.model.ParametersDefinitionProperty>";
        String xml = "<?xml version='1.1' encoding='UTF-8'?><flow-definition><properties>" + property + "</properties>"
                + "<definition class='org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition'><script>"
                + script.replace("&", "&amp;").replace("<", "&lt;") + "</script><sandbox>true</sandbox></definition>"
                + "</flow-definition>";
        boolean known = send("job/" + job + "/api/json", "", GET).statusCode() == 200;
        post(known ? "job/" + job + "/config.xml" : "createItem?name=" + job, "application/xml", xml);
    }

    /** Builds a job and waits for the end. */
    Build build(String job, Map<String, String> parameters) throws IOException, InterruptedException {
        int number = json("job/" + job + "/api/json").get("nextBuildNumber").getAsInt();
        String form = parameters.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
        post(
                "job/" + job + (parameters.isEmpty() ? "/build?delay=0" : "/buildWithParameters?delay=0"),
                "application/x-www-form-urlencoded",
                form);
        String build = "job/" + job + "/" + number + "/";
        JsonObject state = awaitEnd(build);
        List<String> artifacts = new ArrayList<>();
        for (JsonElement artifact : state.getAsJsonArray("artifacts")) {
            artifacts.add(artifact.getAsJsonObject().get("relativePath").getAsString());
        }
        String log = send(build + "consoleText", "", GET).body();
        return new Build(
                root.resolve(build).toString(), state.get("result").getAsString(), log, artifacts, tests(build));
    }

    private JsonObject awaitEnd(String build) throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST_BUILD.toNanos();
        while (System.nanoTime() < end) {
            HttpResponse<String> answer = send(build + "api/json", "", GET);
            if (answer.statusCode() == 200) {
                JsonObject state = JsonParser.parseString(answer.body()).getAsJsonObject();
                if (!state.get("building").getAsBoolean()
                        && !state.get("result").isJsonNull()) {
                    return state;
                }
            }
            Thread.sleep(LOOK_MILLIS);
        }
        throw new IOException(root.resolve(build) + " did not end within " + LONGEST_BUILD.toMinutes() + " minutes");
    }

    private int tests(String build) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(build + "testReport/api/json?tree=passCount,failCount", "", GET);
        if (answer.statusCode() != 200) {
            return 0;
        }
        JsonObject report = JsonParser.parseString(answer.body()).getAsJsonObject();
        return report.get("passCount").getAsInt() + report.get("failCount").getAsInt();
    }

    private JsonObject json(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(path, "", GET);
        if (answer.statusCode() != 200) {
            throw new IOException(root.resolve(path) + " answers " + answer.statusCode());
        }
        return JsonParser.parseString(answer.body()).getAsJsonObject();
    }

    private void post(String path, String type, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(path, type, BodyPublishers.ofString(body));
        if (answer.statusCode() >= 400) {
            throw new IOException(root.resolve(path) + " answers " + answer.statusCode()
                    + (credentials == null ? "; QEMU_SH_JENKINS_AUTH=user:token is not set" : ""));
        }
    }

    private HttpResponse<String> send(String path, String type, BodyPublisher body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path)).timeout(Duration.ofMinutes(1));
        if (credentials != null) {
            String encoded = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
            request.header("Authorization", "Basic " + encoded);
        }
        if (body != GET) {
            crumb(request);
            request.header("Content-Type", type).POST(body);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** What Jenkins wants to see with every request that changes something. */
    private void crumb(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("crumbIssuer/api/json", "", GET);
        if (answer.statusCode() == 200) {
            JsonObject crumb = JsonParser.parseString(answer.body()).getAsJsonObject();
            request.header(
                    crumb.get("crumbRequestField").getAsString(),
                    crumb.get("crumb").getAsString());
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
