// What the device hears of its reading: how it was understood, and what came of it.
function mapFromDittoProtocolMsg(
    namespace, name, group, channel, criterion, action, path, dittoHeaders, value, status, extra) {
  const answer = {
    topic: [namespace, name, group, channel, criterion, action].join('/'),
    path: path,
    status: status
  };
  return Ditto.buildExternalMsg({}, JSON.stringify(answer), null, 'application/json');
}
