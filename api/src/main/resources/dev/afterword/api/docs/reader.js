// Shows the API's description. Nothing leaves this server: no validator, no outside address.
window.SwaggerUIBundle({
  url: '/api/v1/openapi.json',
  dom_id: '#reader',
  deepLinking: true,
  validatorUrl: null,
  persistAuthorization: false,
})
