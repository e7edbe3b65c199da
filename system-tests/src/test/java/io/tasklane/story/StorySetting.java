package io.tasklane.story;

import io.tasklane.launcher.failure.CannotStart;
import java.io.IOException;
import org.jboss.arquillian.container.spi.event.container.AfterDeploy;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.api.event.ManagerStarted;
import org.jboss.arquillian.core.api.event.ManagerStopping;
import org.jboss.arquillian.core.spi.LoadableExtension;

/**
 * Tells Arquillian what the story needs around the container, before the container and after it.
 */
public final class StorySetting implements LoadableExtension {
  // Arquillian reads arquillian.xml, with the ports in it, at this very event.
  private static final int BEFORE_THE_SETTINGS_ARE_READ = 100;

  private Surroundings surroundings;

  @Override
  public void register(ExtensionBuilder builder) {
    builder.observer(StorySetting.class);
  }

  /** Starts database and broker, and lets arquillian.xml know where they are. */
  public void begin(@Observes(precedence = BEFORE_THE_SETTINGS_ARE_READ) ManagerStarted arquillian)
      throws CannotStart, IOException {
    surroundings = Surroundings.start();
    NodeFlags.on(surroundings).publish();
  }

  /** The container runs, with the application in it. */
  public void deployed(@Observes AfterDeploy application) {
    surroundings.embrace();
  }

  /** Ends them; Arquillian has told the container to end by now. */
  public void end(@Observes ManagerStopping arquillian) {
    if (surroundings != null) {
      surroundings.close();
    }
  }
}
