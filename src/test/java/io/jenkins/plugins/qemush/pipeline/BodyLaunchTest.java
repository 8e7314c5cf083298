package io.jenkins.plugins.qemush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.qemush.agent.SharedWorkspace;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.sync.SyncMode;
import io.jenkins.plugins.qemush.engine.sync.SyncPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyLaunchTest {
    private static final String WORKSPACE = "/home/j/workspace/a b";
    private static final SharedWorkspace SHARED = new SharedWorkspace(WORKSPACE, SyncMode.AUTO, "", SyncPolicy.DEFAULT);
    private static final AgentEnvironment AGENT = new AgentEnvironment(Map.of("HOME", "/home/j"));
    private static final String DURABLE = "durable-0123";

    private static final List<String> SH = List.of(
            "nohup",
            "sh",
            "-c",
            "(cp '/c/script.sh' '/c/script.sh.copy'; jsc=durable-0123; echo $? > '/c/jenkins-result.txt') &");

    private static BodyLaunch launch(List<String> command, String cookie) {
        return new BodyLaunch(command, Map.of(BodyLaunch.COOKIE, cookie), Optional.of(WORKSPACE));
    }

    private static BodyLaunch in(String directory) {
        return new BodyLaunch(List.of("make"), Map.of(), Optional.of(directory));
    }

    @Test
    void scriptOfAShStepIsATask() throws Exception {
        assertThat(launch(SH, "please-do-not-kill-me").task(AGENT, SHARED))
                .map(DurableTaskCommand::controlDirectory)
                .contains("/c");
    }

    @Test
    void commandWhoseCallerWaitsIsNone() throws Exception {
        assertThat(in(WORKSPACE).task(AGENT, SHARED)).isEmpty();
        assertThat(new BodyLaunch(List.of("make"), Map.of(), Optional.empty()).task(AGENT, SHARED))
                .isEmpty();
    }

    @Test
    void durableTaskOfAnotherShellIsRefused() {
        assertThatThrownBy(() -> launch(List.of("pwsh", "-NoProfile", "-File", "/c/w.ps1"), DURABLE)
                        .task(AGENT, SHARED))
                .isInstanceOf(HostFailure.class)
                .hasMessageContaining("'pwsh' (4 words)");
    }

    @Test
    void wordsInFrontOfTheScriptAreRefused() {
        for (List<String> front :
                List.of(List.of("docker", "exec", "c"), List.of("sudo"), List.of("nice", "-n", "5"))) {
            List<String> command = new ArrayList<>(front);
            command.addAll(SH);
            assertThatThrownBy(() -> launch(command, "please-do-not-kill-me").task(AGENT, SHARED))
                    .as("%s", front)
                    .hasMessageContaining("'" + front.get(0) + "'");
        }
    }

    @Test
    void agentThatADurableTaskStartedCanLaunchCommands() throws Exception {
        AgentEnvironment startedByAScript = new AgentEnvironment(Map.of(BodyLaunch.COOKIE, DURABLE));
        assertThat(launch(List.of("make"), DURABLE).task(startedByAScript, SHARED))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/home/j/workspace/a b/sub/dir",
                "/home/j/workspace/a b/sub/..",
                "/home/j/workspace/a b@tmp",
                "/home/j/workspace/a b@tmp/durable-1"
            })
    void directoriesOfTheWorkspaceAreInTheGuest(String directory) throws Exception {
        assertThat(in(directory).task(AGENT, SHARED)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/opt/data",
                "/home/j/workspace",
                "/home/j/workspace/a b/..",
                "/home/j/workspace/a b@2",
                "/home/j/workspace/a b c",
                "/home/j/workspace/a b@2@tmp"
            })
    void directoriesThatTheGuestDoesNotHaveAreRefused(String directory) {
        assertThatThrownBy(() -> in(directory).task(AGENT, SHARED))
                .isInstanceOf(HostFailure.class)
                .hasMessageContaining(directory)
                .hasMessageContaining(WORKSPACE);
    }

    @Test
    void stepOfANodeBlockWithinTheBlockIsToldByItsCookie() {
        assertThat(withNodeCookie("inner").isOfAnotherNode("outer")).isTrue();
        assertThat(withNodeCookie("outer").isOfAnotherNode("outer")).isFalse();
        assertThat(withNodeCookie("any").isOfAnotherNode(null)).isFalse();
        assertThat(in(WORKSPACE).isOfAnotherNode("outer")).isFalse();
    }

    private static BodyLaunch withNodeCookie(String cookie) {
        return new BodyLaunch(SH, Map.of(BodyLaunch.NODE_COOKIE, cookie), Optional.of("/elsewhere"));
    }

    @Test
    void maskedWordsAreNotInTheTitle() {
        assertThat(launch(List.of("docker", "run", "KEY=s3cret"), "").title(new boolean[] {false, false, true}))
                .startsWith("docker run ")
                .doesNotContain("s3cret");
        assertThat(in(WORKSPACE).title(null)).isEqualTo("make");
    }
}
