// A device knows nothing of digital twins: it sends {"temp":"23.42 °C","hum":78}.
function mapToDittoProtocolMsg(headers, textPayload, bytePayload, contentType) {
  const reading = JSON.parse(textPayload);
  const device = headers['mqtt.topic'].split('/')[2];
  return Ditto.buildDittoProtocolMsg(
    'org.patchbay.demo', device, 'things', 'twin', 'commands', 'modify',
    '/attributes/climate', headers,
    { temperature: parseFloat(reading.temp), humidity: reading.hum });
}
