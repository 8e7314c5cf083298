package io.jenkins.plugins.qemush.engine.task;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

/**
 * What durable-task does on the agent for one {@code sh} step, with its literal launch script (BourneShellScript of
 * durable-task 671).
 */
final class StockStep {
    static final String COOKIE = "durable-0123456789abcdef";

    private final Path workspace;
    private final Path control;
    private final String script;
    private final Map<String, String> environment = new HashMap<>();

    private StockStep(Path workspace, Path control, String script) {
        this.workspace = workspace;
        this.control = control;
        this.script = script;
        environment.put("JENKINS_SERVER_COOKIE", "please-do-not-kill-me");
    }

    static StockStep sh(Path workspace, String text) throws IOException {
        return step(workspace, text, "> 'CD/jenkins-log.txt' 2>&1", true);
    }

    static StockStep returnStdout(Path workspace, String text) throws IOException {
        return step(workspace, text, "> 'CD/output.txt' 2> 'CD/jenkins-log.txt'", true);
    }

    /** As with {@code BourneShellScript.LAUNCH_DIAGNOSTICS=true}. */
    static StockStep diagnostics(Path workspace, String text) throws IOException {
        return step(workspace, text, "> 'CD/jenkins-log.txt' 2>&1", false);
    }

    private static StockStep step(Path workspace, String text, String redirection, boolean background)
            throws IOException {
        Path temporary = Files.createDirectories(workspace.resolveSibling(workspace.getFileName() + "@tmp"));
        Path control = Files.createTempDirectory(temporary, "durable-");
        Path file = control.resolve("script.sh");
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        String interpreter = "'sh' -xe ";
        if (text.startsWith("#!")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            interpreter = "";
        }
        String command = "cp 'CD/script.sh' 'CD/script.sh.copy'; { while [ -d 'CD' -a \\! -f 'CD/jenkins-result.txt' ];"
                + " do touch 'CD/jenkins-log.txt'; sleep 3; done } & jsc=" + COOKIE + "; JENKINS_SERVER_COOKIE=$jsc "
                + interpreter + " 'CD/script.sh.copy' " + redirection
                + "; echo $? > 'CD/jenkins-result.txt.tmp';"
                + " mv 'CD/jenkins-result.txt.tmp' 'CD/jenkins-result.txt'; wait";
        String whole = background ? "(" + command + ") >&- 2>&- &" : command;
        return new StockStep(workspace, control, whole.replace("CD", control.toString()));
    }

    StockStep with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    TaskRequest request(String user) {
        return new TaskRequest(control.toString(), workspace.toString(), script, environment, "", user);
    }

    TaskRequest request(String user, String pathPrefix) {
        return new TaskRequest(control.toString(), workspace.toString(), script, environment, pathPrefix, user);
    }

    Path control() {
        return control;
    }

    boolean isOver() {
        return Files.exists(control.resolve("jenkins-result.txt"));
    }

    int result() throws IOException {
        return Integer.parseInt(
                Files.readString(control.resolve("jenkins-result.txt")).strip());
    }

    String log() throws IOException {
        return new String(bytes("jenkins-log.txt"), StandardCharsets.UTF_8);
    }

    byte[] bytes(String file) throws IOException {
        Path path = control.resolve(file);
        return Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
    }
}
