package io.tasklane.web.metrics;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** Brings the figures to MicroProfile Metrics every few seconds, while the application runs. */
@Singleton
@Startup
public class MicroProfileFigures {
  private static final Logger LOG = Logger.getLogger(MicroProfileFigures.class.getName());
  private static final int PERIOD_SECONDS = 5;

  @Inject private Figures figures;
  @Inject private MetricRegistry registry;
  @Resource private ManagedScheduledExecutorService timer;
  private MicroProfileExport form;
  private ScheduledFuture<?> pending;

  /** For the container. */
  public MicroProfileFigures() {}

  @PostConstruct
  void start() {
    form = new MicroProfileExport(registry);
    pending = timer.scheduleWithFixedDelay(this::bring, 1, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  private void bring() {
    try {
      form.show(figures.now());
    } catch (RuntimeException | Error fault) { // one that got out would end all later ones
      LOG.log(Level.WARNING, "the metrics are brought again in " + PERIOD_SECONDS + " s", fault);
    }
  }

  @PreDestroy
  void stop() {
    pending.cancel(false);
  }
}
