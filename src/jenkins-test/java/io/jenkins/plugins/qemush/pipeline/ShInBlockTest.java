package io.jenkins.plugins.qemush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.qemush.testing.TestImages;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The stock {@code sh} step behaves in a guest as it does on an agent. */
class ShInBlockTest extends JenkinsWithImage {
    @Test
    void shRunsInTheGuestAndTheBlockHasItsBodysValue() throws Exception {
        WorkflowRun run = Blocks.run(
                jenkins,
                Result.SUCCESS,
                "node('built-in') { def said = qemuSh(arch: 'aarch64') { sh(script: 'uname -m', returnStdout: true).trim() }\n"
                        + "echo \"the guest is ${said}\" }");
        jenkins.assertLogContains("the guest is aarch64", run);
    }

    @Test
    void exitCodeIsTheFailuresText() throws Exception {
        WorkflowRun run = Blocks.failure(jenkins, "sh 'exit 37'");
        jenkins.assertLogContains("script returned exit code 37", run);
    }

    @Test
    void statusIsReturnedWhenAskedFor() throws Exception {
        WorkflowRun run = Blocks.success(
                jenkins,
                "echo \"one ${sh(script: 'false; echo not reached', returnStatus: true)}\"\n"
                        + "echo \"two ${sh(script: 'kill -9 $$', returnStatus: true)}\"");
        jenkins.assertLogContains("one 1", run);
        jenkins.assertLogContains("two 137", run);
        jenkins.assertLogNotContains("\nnot reached", run);
    }

    @Test
    void outputOfACommandThatPrintsNothingIsEmpty() throws Exception {
        WorkflowRun run = Blocks.success(
                jenkins,
                "timeout(time: 2, unit: 'MINUTES') {\n"
                        + "  echo \"first <${sh(script: 'true', returnStdout: true)}>\"\n"
                        + "  echo \"second <${sh(script: 'echo complaint >&2', returnStdout: true)}>\"\n"
                        + "  try { sh(script: 'exit 4', returnStdout: true) } catch (e) { echo \"third ${e.message}\" }\n"
                        + "}");
        jenkins.assertLogContains("first <>", run);
        jenkins.assertLogContains("second <>", run);
        jenkins.assertLogContains("third script returned exit code 4", run);
    }

    @Test
    void scriptsArriveAsWritten() throws Exception {
        WorkflowRun run = Blocks.success(
                jenkins,
                "sh '''set +x\n"
                        + "name='it is \"quoted\" and $5'\n"
                        + "printf '<%s>\\\\n' \"$name\" 'back\\\\slash' \"$(printf 'grüße')\"\n"
                        + "'''\n"
                        + "sh '''#!/bin/bash\n"
                        + "words=(one two); echo \"bash has ${#words[@]} words\"\n"
                        + "'''");
        jenkins.assertLogContains("<it is \"quoted\" and $5>", run);
        jenkins.assertLogContains("<back\\slash>", run);
        jenkins.assertLogContains("<grüße>", run);
        jenkins.assertLogContains("bash has 2 words", run);
    }

    @Test
    void environmentIsTheBuildsAndTheGuests() throws Exception {
        WorkflowRun run = Blocks.success(
                jenkins,
                "withEnv(['OWN=of the build', 'PATH+TOOLS=/opt/tools']) {\n"
                        + "  sh 'set +x; echo \"OWN=$OWN BUILD=$BUILD_NUMBER HOME=$HOME PATH=$PATH\"; test \"$PWD\" = \"$WORKSPACE\"'\n"
                        + "}");
        jenkins.assertLogContains("OWN=of the build BUILD=1 HOME=/home/user PATH=/opt/tools:/usr/", run);
    }

    @Test
    void megabytesArriveCompleteAndInOrder() throws Exception {
        WorkflowRun run = Blocks.success(jenkins, "sh 'set +x; seq 1 400000 | sed s/^/line:/'");
        int next = 1;
        for (String line : (Iterable<String>) JenkinsRule.getLog(run).lines()::iterator) {
            if (line.startsWith("line:")) {
                assertThat(line).isEqualTo("line:" + next++);
            }
        }
        assertThat(next).isEqualTo(400001);
    }

    @Test
    void moreScriptsRunAtOnceThanOneConnectionCarries() throws Exception {
        WorkflowRun run = Blocks.success(
                jenkins,
                "def branches = [:]\n"
                        + "for (int i = 1; i <= 14; i++) { int n = i; branches['b' + n] = { sh \"sleep 1; echo branch-${n}-done\" } }\n"
                        + "parallel branches");
        for (int n = 1; n <= 14; n++) {
            jenkins.assertLogContains("branch-" + n + "-done", run);
        }
    }

    @Test
    void outputIsReadInTheEncodingThatTheStepNames() throws Exception {
        WorkflowRun run = Blocks.success(
                jenkins,
                "def text = sh(script: 'printf \"gr\\\\374n\"', encoding: 'ISO-8859-1', returnStdout: true)\n"
                        + "echo \"it is <${text}>\"");
        jenkins.assertLogContains("it is <grün>", run);
    }

    @Test
    void labelIsTheStepsName() throws Exception {
        WorkflowRun run = Blocks.success(jenkins, "sh(label: 'Look around', script: 'ls -d /')");
        assertThat(new DepthFirstScanner().allNodes(run.getExecution()))
                .extracting(FlowNode::getDisplayName)
                .contains("Look around");
    }

    @Test
    void scriptNamesItsInterpreter() throws Exception {
        String folder =
                TestImages.withPython(Blocks.ARCH).folder().toAbsolutePath().toString();
        Blocks.configureImages(
                folder, TestImages.folder(Blocks.ARCH).toAbsolutePath().toString());
        WorkflowRun run = Blocks.run(
                jenkins,
                Result.SUCCESS,
                "node('built-in') { qemuSh(image: 'test-aarch64-python') { sh '''#!/usr/bin/env python3\n"
                        + "import platform\n"
                        + "print('Python on ' + platform.machine())\n"
                        + "''' } }");
        jenkins.assertLogContains("Python on aarch64", run);
    }
}
