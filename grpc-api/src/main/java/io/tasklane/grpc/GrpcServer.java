package io.tasklane.grpc;

import io.tasklane.service.Services;
import io.tasklane.service.SystemService;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Serves the API while the application is deployed, on threads the container knows. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class GrpcServer {
  private static final Logger LOG = System.getLogger(GrpcServer.class.getName());

  @Inject private Services services; // once it is injected the engine has started
  @Inject private Clock clock;
  @Inject private RandomGenerator random;
  @Resource private ManagedThreadFactory threads;

  /**
   * Its own, of the container's threads. The container's would look through the class path, for
   * contexts to pass on, at each of the alarms that every open stream sets again and again.
   */
  private ScheduledThreadPoolExecutor timer;

  private GrpcSettings settings;
  private ApiServer server;
  private PortProbe probe;

  /** For the container. */
  public GrpcServer() {}

  /** Listens, and says so in the ready file. A bad setting stops the start of the application. */
  @PostConstruct
  void start() {
    Config config = ConfigProvider.getConfig();
    settings = GrpcSettings.read(key -> config.getOptionalValue(key, String.class));
    timer = new ScheduledThreadPoolExecutor(1, threads);
    timer.setRemoveOnCancelPolicy(true);
    server = new ApiServer(settings, services, new Environment(clock, random, threads, timer));
    server.start();
    probe = new PortProbe(new InetSocketAddress(settings.address().getAddress(), server.port()));
    loadClassesOf(probe);
    services.get(SystemService.class).include("grpc", probe);
    LOG.log(Level.INFO, "gRPC is served on " + settings.host() + ":" + server.port());
    settings.readyFile().map(ReadyFile::new).ifPresent(file -> file.write(server.port()));
  }

  /**
   * While the container starts an application it closes archives of its class path, and who loads a
   * class at that moment, on a thread of ours, meets a closed one. It waits for this call.
   */
  private static void loadClassesOf(PortProbe probe) {
    try {
      probe.look();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failed) {
      LOG.log(Level.WARNING, "gRPC does not answer yet", failed);
    }
  }

  /** Ends in good order, before the beans it calls do. */
  @PreDestroy
  void stop() {
    settings.readyFile().map(ReadyFile::new).ifPresent(ReadyFile::delete);
    probe.close();
    server.stop();
    timer.shutdownNow();
    LOG.log(Level.INFO, "gRPC has stopped");
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /** How many streams and long polls are open. */
  public int openStreams() {
    return server.openStreams();
  }
}
