package hudson.model;

import hudson.FilePath;
import hudson.Launcher;

public abstract class Node {
    public abstract String getNodeName();

    public abstract FilePath getRootPath();

    public abstract Launcher createLauncher(TaskListener listener);
}
