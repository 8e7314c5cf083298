package io.jenkins.plugins.qemush.engine.task;

import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import java.util.Optional;

/**
 * How a task ended.
 *
 * @param status what Jenkins is told
 * @param failure why there is no better status; empty when it is the task's own
 */
record TaskEnd(int status, Optional<QemuShException> failure) {

    static TaskEnd withStatus(int status) {
        return new TaskEnd(status, Optional.empty());
    }

    static TaskEnd failed(QemuShException failure) {
        return new TaskEnd(GuestTasks.NO_STATUS, Optional.of(failure));
    }

    /** The same with another failure on top: a status that would mean success is none any more. */
    TaskEnd but(QemuShException problem) {
        return new TaskEnd(status == 0 ? GuestTasks.NO_STATUS : status, Optional.of(problem));
    }
}
