// {"temp":"23.42 °C","hum":78} sets the climate; with a number, it is kept under that number.
function mapToDittoProtocolMsg(headers, textPayload, bytePayload, contentType) {
  const reading = JSON.parse(textPayload);
  const device = headers['mqtt.topic'].split('/')[1];
  const place = reading.number === undefined ? '/attributes/climate' : '/attributes/readings/r' + reading.number;
  return Ditto.buildDittoProtocolMsg(
    'org.patchbay.test', device, 'things', 'twin', 'commands', 'modify', place,
    { 'correlation-id': headers['correlation-id'] },
    { temperature: parseFloat(reading.temp), humidity: reading.hum });
}
