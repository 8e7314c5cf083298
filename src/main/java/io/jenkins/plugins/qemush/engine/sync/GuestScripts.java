package io.jenkins.plugins.qemush.engine.sync;

import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.ScriptFile;

/** The shell scripts beside this class, ready to be run in a guest as root. A tar is read to the end of the input. */
enum GuestScripts {
    COPY_IN("copy-in.sh", false),
    COPY_OUT("copy-out.sh", true),
    ENTER_DISK("enter-disk.sh", true),
    ENTER_EMPTY("enter-empty.sh", true),
    MIRROR("mirror.sh", false),
    PULL("pull.sh", true),
    PUSH("push.sh", false);

    private final String script;
    private final boolean sharesShell;

    GuestScripts(String file, boolean sharesShell) {
        this.script = ScriptFile.read(GuestScripts.class, "lib.sh") + ScriptFile.read(GuestScripts.class, file);
        this.sharesShell = sharesShell;
    }

    GuestCommand with(String... parameters) {
        GuestCommand command = GuestCommand.rootScript(script, parameters);
        return sharesShell ? command.inSharedShell() : command;
    }
}
