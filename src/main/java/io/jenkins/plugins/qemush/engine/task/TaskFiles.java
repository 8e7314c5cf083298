package io.jenkins.plugins.qemush.engine.task;

import java.io.IOException;
import java.util.function.Consumer;

/** Keeps the files of agent and guest together around every task. Several tasks may call at once. */
public interface TaskFiles {
    /** The guest works on its own files. */
    TaskFiles NONE = new TaskFiles() {
        @Override
        public void before() {
            // Nothing to bring.
        }

        @Override
        public void after(Consumer<String> warn) {
            // Nothing to fetch.
        }
    };

    /** Brings the agent's files to the guest; a failure keeps the task from being launched. */
    void before() throws IOException, InterruptedException;

    /**
     * Brings the guest's files to the agent, before Jenkins learns of the task's end; a failure fails the task.
     *
     * @param warn hears, in a line, of what did not come and should not have
     */
    void after(Consumer<String> warn) throws IOException, InterruptedException;
}
