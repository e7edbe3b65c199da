package io.tasklane.launcher.node;

import io.tasklane.launcher.process.LauncherPipe;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The node's process: Payara Micro from its unpacked jars, on the class path, where an archive of
 * classes can serve it. Payara's own {@code RootDirLauncher} does the same but insists on running
 * in the folder of those jars; a node needs a fresh one, because Payara deploys again what it finds
 * there.
 */
public final class NodeMain {
  private static final String PAYARA = "fish.payara.micro.impl.PayaraMicroImpl";

  private NodeMain() {}

  /**
   * Starts the node.
   *
   * @param arguments the path of {@code launch-micro.jar}, then Payara Micro's own
   */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    LauncherPipe.watch();
    Path boot = Path.of(arguments[0]).toAbsolutePath();
    System.setProperty("fish.payara.micro.BootJar", boot.toUri().toString());
    System.setProperty("fish.payara.micro.UnpackDir", boot.getParent().toString());
    String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
    try {
      Class.forName(PAYARA).getMethod("main", String[].class).invoke(null, (Object) rest);
    } catch (InvocationTargetException failed) {
      failed.getCause().printStackTrace();
      System.exit(1);
    }
  }
}
