package hudson;

public abstract class PluginManager {
    public native PluginWrapper getPlugin(String shortName);
}
