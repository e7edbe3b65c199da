package io.tasklane.container;

import io.tasklane.ingress.IngressService;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJB;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;

/**
 * Hands the messages of legacy systems to the engine. The resource adapter acknowledges a message
 * after this has returned, and has the broker deliver it again where this throws.
 */
@MessageDriven(
    activationConfig = {
      @ActivationConfigProperty(propertyName = "resourceAdapter", propertyValue = "artemis-ra"),
      @ActivationConfigProperty(
          propertyName = "destinationType",
          propertyValue = "jakarta.jms.Queue"),
      @ActivationConfigProperty(propertyName = "destination", propertyValue = IngressService.QUEUE),
      @ActivationConfigProperty(propertyName = "useJNDI", propertyValue = "false"),
      @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "16")
    })
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class IngressListener implements MessageListener {
  @EJB private EngineLifecycle lifecycle;

  @Override
  public void onMessage(Message message) {
    lifecycle.engine().services().get(IngressService.class).receive(message);
  }
}
