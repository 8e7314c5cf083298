package io.jenkins.plugins.qemush;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** The two builds must make the same plugin. */
class PomsTest {
    @Test
    void bothBuildsHaveTheSameVersions() throws Exception {
        Map<String, String> plugin = versions("pom.xml");
        Map<String, String> central = versions("pom-central.xml");
        assertThat(plugin).containsKeys("jenkins.version", "jsch.version", "gson.version");
        plugin.keySet().retainAll(central.keySet());
        central.keySet().retainAll(plugin.keySet());
        assertThat(central).isEqualTo(plugin);
    }

    private static Map<String, String> versions(String pom) throws Exception {
        NodeList properties = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new File(pom))
                .getElementsByTagName("properties")
                .item(0)
                .getChildNodes();
        Map<String, String> versions = new TreeMap<>();
        for (int i = 0; i < properties.getLength(); i++) {
            Node property = properties.item(i);
            if (property.getNodeName().endsWith(".version")
                    || property.getNodeName().equals("jenkins.baseline")) {
                versions.put(property.getNodeName(), property.getTextContent());
            }
        }
        return versions;
    }
}
