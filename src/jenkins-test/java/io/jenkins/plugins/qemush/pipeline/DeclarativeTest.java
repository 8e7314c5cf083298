package io.jenkins.plugins.qemush.pipeline;

import hudson.model.Result;
import io.jenkins.plugins.qemush.testing.TestImages;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Blocks in declarative Pipelines. */
@Tag("jenkins-vm")
@WithJenkins
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeclarativeTest {
    private JenkinsRule jenkins;

    @BeforeAll
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Blocks.configureImages(
                TestImages.folder("aarch64").toAbsolutePath().toString(),
                TestImages.folder("x86_64").toAbsolutePath().toString());
    }

    @AfterAll
    void stop() throws Exception {
        jenkins.after();
    }

    @Test
    void matrixRunsItsStagesOnEveryArchitecture() throws Exception {
        WorkflowRun run = Blocks.run(
                jenkins,
                Result.SUCCESS,
                """
                pipeline {
                  agent none
                  options { timeout(time: 5, unit: 'MINUTES') }
                  stages {
                    stage('All') {
                      matrix {
                        agent any
                        axes { axis { name 'ARCH'; values 'aarch64', 'x86_64' } }
                        stages {
                          stage('Build') { steps { qemuSh(arch: env.ARCH) { sh 'uname -m > machine' } } }
                          stage('Test') { steps { qemuSh(arch: env.ARCH) {
                            sh 'echo "built on $(cat machine), tested on $(uname -m)"' } } }
                        }
                      }
                    }
                  }
                }""");
        jenkins.assertLogContains("built on aarch64, tested on aarch64", run);
        jenkins.assertLogContains("built on x86_64, tested on x86_64", run);
        Blocks.assertNothingIsLeft("");
    }

    @Test
    void imageAloneNamesTheArchitecture() throws Exception {
        WorkflowRun run = Blocks.run(
                jenkins,
                Result.SUCCESS,
                "pipeline { agent any\n stages { stage('One') { steps { qemuSh(image: 'test-x86_64') { sh 'uname -m' } } } } }");
        jenkins.assertLogContains("x86_64\n", run);
    }

    @Test
    void warmMayBeABoolean() throws Exception {
        WorkflowRun run = Blocks.run(
                jenkins,
                Result.SUCCESS,
                "pipeline { agent any\n stages { stage('One') { steps {"
                        + " qemuSh(image: 'test-x86_64', warm: false) { sh 'uname -m' } } } } }");
        jenkins.assertLogContains("answers after", run);
        jenkins.assertLogContains(": booted", run);
    }
}
