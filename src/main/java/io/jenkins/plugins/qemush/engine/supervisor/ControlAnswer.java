package io.jenkins.plugins.qemush.engine.supervisor;

/**
 * What a supervisor answers.
 *
 * @param status the command's exit status, where one was run
 * @param state of the machine
 */
record ControlAnswer(int status, VmState state) {
    static final int NO_STATUS = -1;
}
