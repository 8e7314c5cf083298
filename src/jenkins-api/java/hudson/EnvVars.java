package hudson;

import java.util.Map;
import java.util.TreeMap;

public class EnvVars extends TreeMap<String, String> {
    public EnvVars() {}

    public native EnvVars overrideExpandingAll(Map<String, String> all);

    public native String expand(String s);
}
