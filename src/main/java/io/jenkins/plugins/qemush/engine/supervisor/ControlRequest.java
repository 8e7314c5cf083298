package io.jenkins.plugins.qemush.engine.supervisor;

import io.jenkins.plugins.qemush.engine.admission.ProcessIdentity;
import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.task.TaskRequest;
import io.jenkins.plugins.qemush.engine.vm.request.Limits;
import io.jenkins.plugins.qemush.engine.vm.run.VmDescription;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a client asks of a supervisor.
 *
 * @param verb what to do
 * @param command for {@link Verb#EXECUTE} and {@link Verb#TERMINAL}
 * @param folder for EXECUTE and {@link Verb#START_TASK}: brought into the guest before and back behind the command; for
 *     {@link Verb#SHARE}: brought into the guest
 * @param more for EXECUTE: further folders, which a supervisor of {@link VmDescription#SEVERAL_FOLDERS} knows of
 * @param temporary for EXECUTE and START_TASK: folders of Jenkins beside a workspace, whose files the guest has then, too
 * @param terminal for TERMINAL
 * @param task for START_TASK
 * @param variable for {@link Verb#KILL_TASKS}: {@code NAME=value} in the environment of what is to end
 * @param taker for {@link Verb#TAKE}: the machine ends when this process does; empty: when somebody ends it
 * @param limits for TAKE and {@link Verb#LIMIT}: how long the machine may go on, with commands and without
 */
record ControlRequest(
        Verb verb,
        Optional<GuestCommand> command,
        Optional<SharedFolder> folder,
        List<SharedFolder> more,
        List<String> temporary,
        Optional<Terminal> terminal,
        Optional<TaskRequest> task,
        Optional<String> variable,
        Optional<ProcessIdentity> taker,
        Optional<Limits> limits) {

    /** A terminal's type, and its size in characters. */
    record Terminal(String type, int columns, int rows) {}

    enum Verb {
        /** Answers when commands can run. */
        AWAIT_REACHABLE,
        /** Brings a folder into the guest while that boots; answers when commands can run and find it. */
        SHARE,
        /** Runs a command with its streams; answers with its exit status. */
        EXECUTE,
        /** The same on a pty. */
        TERMINAL,
        /** Has a task of Jenkins launched; answers when the guest has all it needs for that. */
        START_TASK,
        /** Ends processes in the guest; answers when they are gone. */
        KILL_TASKS,
        /** Takes a machine that stands by; answers with 0 when it was free. */
        TAKE,
        /** Sets how long the machine may go on, once, if its taker did not. */
        LIMIT,
        /** Answers with the machine's state. */
        STATUS,
        /** Ends the machine; answers when nothing of it is left. */
        STOP
    }

    /** Of another version of this program, which may not know all of it. */
    ControlRequest {
        limits = limits == null ? Optional.empty() : limits;
        more = more == null ? List.of() : List.copyOf(more);
        temporary = temporary == null ? List.of() : List.copyOf(temporary);
    }

    /** The same with these temporary folders. */
    ControlRequest with(List<String> folders) {
        return new ControlRequest(verb, command, folder, more, folders, terminal, task, variable, taker, limits);
    }

    /** All folders of a command, in order. */
    List<SharedFolder> folders() {
        return Stream.concat(folder.stream(), more.stream()).toList();
    }

    static ControlRequest execute(GuestCommand command, List<SharedFolder> folders) {
        return new ControlRequest(
                Verb.EXECUTE,
                Optional.of(command),
                folders.stream().findFirst(),
                folders.stream().skip(1).toList(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static ControlRequest of(Verb verb) {
        return of(verb, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static ControlRequest of(
            Verb verb, Optional<GuestCommand> command, Optional<SharedFolder> folder, Optional<Terminal> terminal) {
        return new ControlRequest(
                verb,
                command,
                folder,
                List.of(),
                List.of(),
                terminal,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static ControlRequest startTask(TaskRequest task, Optional<SharedFolder> folder) {
        return new ControlRequest(
                Verb.START_TASK,
                Optional.empty(),
                folder,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.of(task),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static ControlRequest killTasks(String variable) {
        return new ControlRequest(
                Verb.KILL_TASKS,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(variable),
                Optional.empty(),
                Optional.empty());
    }

    static ControlRequest take(Optional<ProcessIdentity> taker, Limits limits) {
        return limiting(Verb.TAKE, taker, limits);
    }

    static ControlRequest limit(Limits limits) {
        return limiting(Verb.LIMIT, Optional.empty(), limits);
    }

    private static ControlRequest limiting(Verb verb, Optional<ProcessIdentity> taker, Limits limits) {
        return new ControlRequest(
                verb,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                taker,
                Optional.of(limits));
    }
}
