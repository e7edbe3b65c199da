package io.tasklane.launcher.node;

import io.tasklane.launcher.folder.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The folder Payara Micro works in. It is made anew for each start: Payara remembers there what it
 * deployed, and would deploy it a second time.
 *
 * @param root the folder
 */
record NodeRoot(Path root) {

  /** Replaces it by a copy of the pristine domain, with our way of logging. */
  void renew(Path payara, Path logging) throws IOException {
    new FolderTree(root).delete();
    for (String part : List.of("config", "lib", "docroot")) {
      new FolderTree(payara.resolve(part)).copyTo(root.resolve(part));
    }
    Files.copy(
        logging, root.resolve("config/logging.properties"), StandardCopyOption.REPLACE_EXISTING);
  }
}
