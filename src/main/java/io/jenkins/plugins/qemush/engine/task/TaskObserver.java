package io.jenkins.plugins.qemush.engine.task;

import java.util.Optional;

/** Told of the tasks' beginnings and ends. */
public interface TaskObserver {
    void taskStarts(TaskRequest request);

    /**
     * Asked about a task that failed, before Jenkins learns of its end.
     *
     * @param lastWords the end of its output
     * @return what would help, in a line for its log
     */
    Optional<String> adviceOn(String lastWords);

    /**
     * The task is over, in whatever way.
     *
     * @param status as Jenkins sees it; {@link GuestTasks#NO_STATUS} when it did not end by itself
     */
    void taskEnds(TaskRequest request, int status);
}
