package io.jenkins.plugins.qemush.engine.task;

/** Told of the tasks' beginnings and ends. */
public interface TaskObserver {
    void taskStarts(TaskRequest request);

    /**
     * The task is over, in whatever way.
     *
     * @param status as Jenkins sees it; {@link GuestTasks#NO_STATUS} when it did not end by itself
     */
    void taskEnds(TaskRequest request, int status);
}
