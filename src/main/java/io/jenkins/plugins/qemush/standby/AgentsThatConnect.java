package io.jenkins.plugins.qemush.standby;

import hudson.Extension;
import hudson.model.Computer;
import hudson.model.TaskListener;
import hudson.slaves.ComputerListener;

/** Machines stand by on an agent as soon as it connects. */
@Extension
public class AgentsThatConnect extends ComputerListener {
    @Override
    public void onOnline(Computer computer, TaskListener listener) {
        StandbyUpkeep.get().tellSoon(computer.getName());
    }
}
