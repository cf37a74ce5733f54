import { Map, canvas, circle, circleMarker, control, divIcon, geoJSON, latLng, latLngBounds, layerGroup, marker, tileLayer } from 'leaflet/dist/leaflet-src.esm.js';
import Supercluster from 'supercluster';
import { feature, mesh } from 'topojson-client';

// The map that was asked for: who was found, in clusters, with rings of distance, over coastlines and borders that need no other site.

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

const json = async address => {
  const answer = await fetch(address, { headers: { Accept: 'application/json' } });
  if (!answer.ok) throw new Error(`${answer.status} from ${address}`);
  return answer.json();
};

async function base(map, { base: world, states }) {
  const renderer = canvas({ padding: 0.5 });
  const quiet = { renderer, interactive: false };
  const atlas = await json(world);
  geoJSON(feature(atlas, atlas.objects.land), { ...quiet, style: { stroke: false, fill: true, fillOpacity: 1, fillColor: colour('sheet') } }).addTo(map);
  const lines = { ...quiet, style: { fill: false, weight: 1, color: colour('line') } };
  geoJSON(mesh(atlas, atlas.objects.countries), lines).addTo(map);
  const inner = await json(states);
  geoJSON(mesh(inner, inner.objects.states, (a, b) => a !== b), lines).addTo(map);
}

// Rings in the numbers people think in.
function rings(map, centre, inMiles) {
  for (const far of inMiles ? [5, 10, 25, 50] : [5, 10, 25, 50, 100]) {
    const metres = far * (inMiles ? 1609.344 : 1000);
    circle(centre, { radius: metres, fill: false, weight: 1, dashArray: '2 6', color: colour('muted'), interactive: false }).addTo(map);
    const north = latLng(centre.lat + metres / 111_320, centre.lng);
    marker(north, { keyboard: false, interactive: false, icon: divIcon({ className: 'map-label', html: element('span', '', `${far} ${inMiles ? 'miles' : 'km'}`), iconSize: null }) }).addTo(map);
  }
  circleMarker(centre, { radius: 5, weight: 2, color: colour('dusk'), fillColor: colour('plaster'), fillOpacity: 1, interactive: false }).addTo(map);
}

// Names of towns where there is room for them, the ones with most people first.
function towns(map, layer, named, taken) {
  for (const town of named) {
    const at = map.latLngToLayerPoint([town.lat, town.lon]);
    const half = town.name.length * 4 + 4;
    const y = [0, 30, -30].find(off => taken.every(([x, y, wide]) => Math.abs(x - at.x) > half + wide || Math.abs(y - at.y - off) > 28));
    if (y === undefined) continue;
    taken.push([at.x, at.y + y, half]);
    marker(map.layerPointToLatLng([at.x, at.y + y]), { keyboard: false, interactive: false, icon: divIcon({ className: 'map-label map-town', html: element('span', '', town.name), iconSize: null }) }).addTo(layer);
  }
}

function people(map, found, named) {
  const index = new Supercluster({ radius: 52, extent: 256, maxZoom: 13 });
  index.load(found.map(person => ({ type: 'Feature', properties: person, geometry: { type: 'Point', coordinates: [person.lon, person.lat] } })));
  const layer = layerGroup().addTo(map);
  const dot = (at, className, shown, said) => {
    const icon = element('span', '', shown);
    icon.append(element('span', 'unseen', said));
    return marker(at, { icon: divIcon({ className, html: icon, iconSize: [48, 48] }) });
  };
  const draw = () => {
    const bounds = map.getBounds();
    const taken = [];
    layer.clearLayers();
    for (const { id, properties, geometry: { coordinates: [lon, lat] } } of index.getClusters([bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()], Math.round(map.getZoom()))) {
      const { x, y } = map.latLngToLayerPoint([lat, lon]);
      taken.push([x, y, 24]);
      if (properties.cluster) {
        dot([lat, lon], 'map-cluster', properties.point_count, ' people here: look closer')
          .on('click', () => map.setView([lat, lon], Math.min(index.getClusterExpansionZoom(id), map.getMaxZoom()))).addTo(layer);
      } else {
        const told = element('p', '', '');
        const name = element('a', '', properties.name);
        name.href = properties.address;
        told.append(name, element('br', '', ''), properties.told);
        dot([lat, lon], 'map-person', '', properties.name).bindPopup(told, { closeButton: true, minWidth: 160 }).addTo(layer);
      }
    }
    towns(map, layer, named.filter(town => bounds.contains([town.lat, town.lon])), taken);
  };
  map.on('moveend', draw);
  draw();
}

export async function show(box) {
  const { points, lat, lon, miles, tiles, attribution, find } = box.dataset;
  const found = await json(points);
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const frame = element('div', 'map-frame', '');
  const here = element('a', 'back', 'Search in this part of the map');
  box.replaceChildren(frame, here);
  if (found.total > found.people.length) box.append(element('p', 'muted', `The first ${found.people.length} of ${found.total} are shown.`));

  const map = new Map(frame, { zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still, scrollWheelZoom: false, minZoom: 2, maxZoom: tiles ? 18 : 13, worldCopyJump: true });
  map.attributionControl.setPrefix('<a href="https://leafletjs.com">Leaflet</a>').addAttribution('Natural Earth, US Census Bureau');
  map.on('moveend', () => {
    const bounds = map.getBounds();
    const turn = degrees => ((((degrees + 180) % 360) + 360) % 360) - 180;
    here.href = `${find}${find.includes('?') ? '&' : '?'}bbox=${[turn(bounds.getWest()), bounds.getSouth(), turn(bounds.getEast()), bounds.getNorth()].map(n => n.toFixed(3)).join(',')}`;
  });
  const centre = lat && latLng(lat, lon);
  map.fitBounds(latLngBounds([...found.people.map(p => [p.lat, p.lon]), ...(centre ? [centre] : [])]), { padding: [32, 32], maxZoom: 11 });
  if (tiles) tileLayer(tiles, { attribution, maxZoom: 18 }).addTo(map);
  else await base(map, box.dataset);
  if (centre) rings(map, centre, Boolean(miles));
  control.scale({ imperial: Boolean(miles), metric: !miles }).addTo(map);
  people(map, found.people, tiles ? [] : found.towns);
}
