package io.tasklane.launcher.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.launcher.folder.BuiltServer;
import io.tasklane.launcher.folder.ServerFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayaraTest {
  @TempDir Path folder;
  private ServerFolder server;

  @BeforeEach
  void link() throws Exception {
    server = BuiltServer.folder();
  }

  @Test
  void the_openings_of_its_manifest_become_flags() throws Exception {
    assertThat(new PayaraJar(server.payara().resolve("launch-micro.jar")).openings())
        .contains(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED")
        .allMatch(flag -> flag.startsWith("--add-"));
  }

  @Test
  void every_start_gets_a_fresh_folder_without_former_deployments() throws Exception {
    NodeRoot root = new NodeRoot(folder.resolve("run/node-1"));
    Path logging = server.conf("node-logging.properties");
    root.renew(server.payara(), logging);
    Path former = Files.createDirectories(root.root().resolve("applications/tasklane"));

    root.renew(server.payara(), logging);

    assertThat(former).doesNotExist();
    assertThat(root.root().resolve("config/domain.xml")).exists();
    assertThat(root.root().resolve("config/logging.properties")).hasSameTextualContentAs(logging);
  }
}
