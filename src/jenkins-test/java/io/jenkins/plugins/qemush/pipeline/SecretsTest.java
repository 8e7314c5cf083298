package io.jenkins.plugins.qemush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.util.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A secret of the build is the script's alone. */
@Tag("jenkins-vm")
@WithJenkins
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretsTest {
    private static final String SECRET = "open-sesame-4711";

    private JenkinsRule jenkins;

    @BeforeAll
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Blocks.configureImage();
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", "", Secret.fromString(SECRET)));
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new FileCredentialsImpl(
                        CredentialsScope.GLOBAL,
                        "file",
                        "",
                        "key.pem",
                        SecretBytes.fromBytes(SECRET.getBytes(StandardCharsets.UTF_8))));
    }

    @AfterAll
    void stop() throws Exception {
        jenkins.after();
    }

    @Test
    void secretReachesTheScriptAndIsMaskedInTheLog() throws Exception {
        WorkflowRun run = Blocks.success(jenkins, withToken("sh 'set +x; echo \"${#TOKEN} characters: $TOKEN\"'"));
        jenkins.assertLogContains(SECRET.length() + " characters: ****", run);
        jenkins.assertLogNotContains(SECRET, run);
    }

    @Test
    void secretFileIsInTheGuestForAsLongAsOnTheAgent() throws Exception {
        WorkflowRun run = Blocks.success(
                jenkins,
                "withCredentials([file(credentialsId: 'file', variable: 'KEY')]) {\n"
                        + "  sh 'set +x; echo \"${#KEY}: $(wc -c <\"$KEY\") bytes, mode $(stat -c %a \"$KEY\")\"; echo \"$KEY\" > path'\n"
                        + "  dir('sub') { sh 'test -s \"$KEY\"' }\n"
                        + "}\n"
                        + "sh 'test ! -e \"$(cat path)\" && echo it is gone'");
        jenkins.assertLogContains(SECRET.length() + " bytes, mode 600", run);
        jenkins.assertLogContains("it is gone", run);
    }

    /** The guest's script looks at what runs beside it; it has the secret from a file, so that it does not find itself. */
    @Test
    void secretStandsOnNoCommandLineOfTheGuest() throws Exception {
        WorkflowRun run = Blocks.success(
                jenkins,
                withToken("sh 'set +x; printf %s \"$TOKEN\" > /tmp/token;"
                        + " if grep -a -F -f /tmp/token /proc/[0-9]*/cmdline; then exit 1; fi; echo none has it'"));
        jenkins.assertLogContains("none has it", run);
    }

    @Test
    void secretStandsOnNoCommandLineOfTheAgent() throws Exception {
        WorkflowRun run =
                Blocks.start(jenkins, withToken("sh 'sleep 2'\n sh(script: 'echo $TOKEN', returnStdout: true)"));
        CompletableFuture<Set<String>> seen = CompletableFuture.supplyAsync(() -> commandLinesWithTheSecret(run));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(seen.get()).isEmpty();
    }

    private static String withToken(String body) {
        return "withCredentials([string(credentialsId: 'token', variable: 'TOKEN')]) { " + body + " }";
    }

    /** Looks for as long as a build runs. */
    private static Set<String> commandLinesWithTheSecret(WorkflowRun run) {
        Set<String> seen = new TreeSet<>();
        while (run.isBuilding()) {
            try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
                for (Path process : processes) {
                    String line = commandLine(process);
                    if (line.contains(SECRET)) {
                        seen.add(line);
                    }
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
        return seen;
    }

    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }
}
