package hudson.model;

import hudson.FilePath;

public abstract class Node {
    public abstract String getNodeName();

    public abstract FilePath getRootPath();
}
